package ecsmock;

import static org.junit.jupiter.api.Assertions.*;

import com.aliyun.ecs20140526.Client;
import com.aliyun.ecs20140526.models.*;
import com.aliyun.ecs20140526.models.DescribeSecurityGroupAttributeResponseBody.DescribeSecurityGroupAttributeResponseBodyPermissionsPermission;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** com.aliyun:ecs20140526: ACS3-HMAC-SHA256. */
class Ecs20140526Test {
    @RegisterExtension static final Ecsmock mock = new Ecsmock();

    static final String REQUEST_ID = "[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}";
    static final String NO_RULE = "Specified group authorized item does not exist in our records.";

    Client client;

    /** The SDK's client. Where to is all that a user changes. */
    static Client newClient(Ecsmock mock, String secret) throws Exception {
        return new Client(new Config().setEndpoint(mock.endpoint()).setProtocol("http")
            .setAccessKeyId("testid").setAccessKeySecret(secret));
    }

    @BeforeEach void connect() throws Exception {
        client = newClient(mock, "testsecret");
    }

    static RevokeSecurityGroupRequest ssh(String group) {
        return new RevokeSecurityGroupRequest().setRegionId("cn-hangzhou").setSecurityGroupId(group)
            .setIpProtocol("tcp").setPortRange("22/22").setSourceCidrIp("10.0.0.0/8");
    }

    /** A group that lets ssh in from a block of addresses. */
    String newGroup() throws Exception {
        String group = client.createSecurityGroup(new CreateSecurityGroupRequest()
            .setRegionId("cn-hangzhou").setVpcId("vpc-1").setSecurityGroupName("web")).getBody().getSecurityGroupId();
        assertTrue(group.matches("sg-\\w{20}"), group);
        client.authorizeSecurityGroup(new AuthorizeSecurityGroupRequest().setRegionId("cn-hangzhou").setSecurityGroupId(group)
            .setIpProtocol("tcp").setPortRange("22/22").setSourceCidrIp("10.0.0.0/8").setDescription("ssh from inside"));
        return group;
    }

    List<DescribeSecurityGroupAttributeResponseBodyPermissionsPermission> rules(String group) throws Exception {
        return client.describeSecurityGroupAttribute(new DescribeSecurityGroupAttributeRequest()
            .setRegionId("cn-hangzhou").setSecurityGroupId(group)).getBody().getPermissions().getPermission();
    }

    void refused(RevokeSecurityGroupRequest request, int status, String code, String message) {
        TeaException e = assertThrows(TeaException.class, () -> client.revokeSecurityGroup(request));
        assertEquals(code, e.getCode());
        assertEquals(status, e.getStatusCode());
        assertEquals("code: %d, %s request id: %s".formatted(status, message, e.getData().get("RequestId")), e.getMessage());
        assertTrue(((String) e.getData().get("RequestId")).matches(REQUEST_ID), e.getMessage());
    }

    @Test void aRuleComesAndGoes() throws Exception {
        String group = newGroup();
        var rules = rules(group);
        assertEquals(1, rules.size());
        var rule = rules.get(0);
        assertEquals(List.of("ingress", "TCP", "22/22", "10.0.0.0/8", "Accept", "1", "intranet", "ssh from inside"),
            List.of(rule.getDirection(), rule.getIpProtocol(), rule.getPortRange(), rule.getSourceCidrIp(),
                rule.getPolicy(), rule.getPriority(), rule.getNicType(), rule.getDescription()));

        var answer = client.revokeSecurityGroup(ssh(group));
        assertEquals(200, answer.getStatusCode());
        assertTrue(answer.getBody().getRequestId().matches(REQUEST_ID));
        assertEquals(List.of(), rules(group));
        refused(ssh(group), 403, "InvalidGroupAuthItem.NotFound", NO_RULE);
    }

    @Test void throttledThenFine() throws Exception {
        String group = newGroup();
        mock.fail("RevokeSecurityGroup", "Throttling.User", 2);
        for (int i = 0; i < 2; i++) {
            TeaException e = assertThrows(TeaException.class, () -> client.revokeSecurityGroup(ssh(group)));
            assertEquals("Throttling.User", e.getCode());
            assertEquals(400, e.getStatusCode());
        }
        client.revokeSecurityGroup(ssh(group));
        assertEquals(List.of(), rules(group));
    }

    @Test void aWrongPriorityIsExplained() throws Exception {
        String group = newGroup();
        refused(ssh(group).setPriority("3"), 403, "InvalidGroupAuthItem.NotFound", NO_RULE);
        String calls = mock.calls("RevokeSecurityGroup");
        assertTrue(calls.contains("Priority is 1, asked 3"), calls);
        assertFalse(calls.contains("CreateSecurityGroup"), calls);
    }

    @Test void aClientTokenIsAnsweredOnceADay() throws Exception {
        String group = newGroup();
        var first = client.revokeSecurityGroup(ssh(group).setClientToken("revoke"));
        var again = client.revokeSecurityGroup(ssh(group).setClientToken("revoke"));
        assertNotEquals(first.getBody().getRequestId(), again.getBody().getRequestId());
        refused(ssh(group).setClientToken("revoke").setPortRange("23/23"), 400,
            "IdempotentParameterMismatch", "The request is retried with updated parameters.");

        mock.advance("25h");
        refused(ssh(group).setClientToken("revoke"), 403, "InvalidGroupAuthItem.NotFound", NO_RULE);
    }
}
