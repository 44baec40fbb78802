package ecsmock;

import static org.junit.jupiter.api.Assertions.*;

import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.ecs.model.v20140526.*;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.profile.DefaultProfile;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** com.aliyun:aliyun-java-sdk-ecs: signature version 1.0. */
class AliyunJavaSdkEcsTest {
    @RegisterExtension static final Ecsmock mock = new Ecsmock();

    DefaultAcsClient client;

    /** The SDK's client. Where to is all that a user changes. */
    static DefaultAcsClient newClient(Ecsmock mock, String secret) {
        DefaultAcsClient client = new DefaultAcsClient(DefaultProfile.getProfile("cn-hangzhou", "testid", secret));
        client.setEndpointResolver(request -> mock.endpoint());
        return client;
    }

    @BeforeEach void connect() {
        client = newClient(mock, "testsecret");
    }

    static RevokeSecurityGroupRequest ssh(String group) {
        RevokeSecurityGroupRequest revoke = new RevokeSecurityGroupRequest();
        revoke.setSecurityGroupId(group);
        revoke.setIpProtocol("tcp");
        revoke.setPortRange("22/22");
        revoke.setSourceCidrIp("10.0.0.0/8");
        return revoke;
    }

    /** A group that lets ssh in from a block of addresses. */
    String newGroup() throws ClientException {
        CreateSecurityGroupRequest create = new CreateSecurityGroupRequest();
        create.setVpcId("vpc-1");
        create.setSecurityGroupName("web");
        String group = client.getAcsResponse(create).getSecurityGroupId();
        assertTrue(group.matches("sg-\\w{20}"), group);
        AuthorizeSecurityGroupRequest authorize = new AuthorizeSecurityGroupRequest();
        authorize.setSecurityGroupId(group);
        authorize.setIpProtocol("tcp");
        authorize.setPortRange("22/22");
        authorize.setSourceCidrIp("10.0.0.0/8");
        authorize.setDescription("ssh from inside");
        client.getAcsResponse(authorize);
        return group;
    }

    List<DescribeSecurityGroupAttributeResponse.Permission> rules(String group) throws ClientException {
        DescribeSecurityGroupAttributeRequest describe = new DescribeSecurityGroupAttributeRequest();
        describe.setSecurityGroupId(group);
        return client.getAcsResponse(describe).getPermissions();
    }

    /** The SDK's own error does not tell the status; its plain answer does. */
    void refused(RevokeSecurityGroupRequest request, int status, String code, String message) throws ClientException {
        ClientException e = assertThrows(ClientException.class, () -> client.getAcsResponse(request));
        assertEquals(code, e.getErrCode());
        assertEquals(message, e.getErrMsg());
        assertTrue(e.getRequestId().matches(Ecs20140526Test.REQUEST_ID), e.getMessage());
        assertEquals(status, client.doAction(request).getStatus());
    }

    @Test void aRuleComesAndGoes() throws Exception {
        String group = newGroup();
        var rules = rules(group);
        assertEquals(1, rules.size());
        var rule = rules.get(0);
        assertEquals(List.of("ingress", "TCP", "22/22", "10.0.0.0/8", "Accept", "1", "intranet", "ssh from inside"),
            List.of(rule.getDirection(), rule.getIpProtocol(), rule.getPortRange(), rule.getSourceCidrIp(),
                rule.getPolicy(), rule.getPriority(), rule.getNicType(), rule.getDescription()));

        assertTrue(client.getAcsResponse(ssh(group)).getRequestId().matches(Ecs20140526Test.REQUEST_ID));
        assertEquals(List.of(), rules(group));
        refused(ssh(group), 403, "InvalidGroupAuthItem.NotFound", Ecs20140526Test.NO_RULE);
    }

    @Test void throttledThenFine() throws Exception {
        String group = newGroup();
        mock.fail("RevokeSecurityGroup", "Throttling.User", 2);
        for (int i = 0; i < 2; i++) {
            ClientException e = assertThrows(ClientException.class, () -> client.getAcsResponse(ssh(group)));
            assertEquals("Throttling.User", e.getErrCode());
        }
        client.getAcsResponse(ssh(group));
        assertEquals(List.of(), rules(group));
    }

    @Test void aWrongPriorityIsExplained() throws Exception {
        RevokeSecurityGroupRequest revoke = ssh(newGroup());
        revoke.setPriority("3");
        refused(revoke, 403, "InvalidGroupAuthItem.NotFound", Ecs20140526Test.NO_RULE);
        String calls = mock.calls("RevokeSecurityGroup");
        assertTrue(calls.contains("Priority is 1, asked 3"), calls);
    }

    @Test void aClientTokenIsAnsweredOnceADay() throws Exception {
        RevokeSecurityGroupRequest revoke = ssh(newGroup());
        revoke.setClientToken("revoke");
        String first = client.getAcsResponse(revoke).getRequestId();
        assertNotEquals(first, client.getAcsResponse(revoke).getRequestId());
        revoke.setPortRange("23/23");
        refused(revoke, 400, "IdempotentParameterMismatch", "The request is retried with updated parameters.");

        mock.advance("25h");
        refused(revoke, 403, "InvalidGroupAuthItem.NotFound", Ecs20140526Test.NO_RULE);
    }
}
