package ecsmock;

import static org.junit.jupiter.api.Assertions.*;

import com.aliyun.ecs20140526.Client;
import com.aliyun.ecs20140526.models.RevokeSecurityGroupRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.SAME_THREAD) // its tests replace the whole state
class RevokeTest {
    @RegisterExtension static final Ecsmock mock = new Ecsmock("-edition", "2019");

    @Test void closesSSH() throws Exception {
        mock.load("""
            {"Version": 1, "SecurityGroups": [
              {"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-web", "VpcId": "vpc-1",
               "Permissions": [{"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8"}]}]}""");
        mock.fail("RevokeSecurityGroup", "Throttling.User", 2);

        closeSSH(mock.endpoint()); // the program under test

        assertFalse(mock.state().contains("22/22"));
        assertTrue(mock.calls("RevokeSecurityGroup").contains("sg-web"));
    }

    @Test void whatIsWrongIsRefused() {
        mock.load("{\"Version\": 1, \"SecurityGroups\": [{\"RegionId\": \"cn-hangzhou\", \"SecurityGroupId\": \"sg-web\"}]}");
        assertThrows(IllegalArgumentException.class, () -> mock.load("{\"Version\": 1, \"Groups\": []}"));
        assertThrows(IllegalArgumentException.class, () -> mock.fail("Revoke", "Throttling.User", 1));
        assertThrows(IllegalArgumentException.class, () -> mock.advance("tomorrow"));
        assertTrue(mock.state().contains("sg-web"));
        mock.reset();
        assertFalse(mock.state().contains("sg-web"));
    }

    /** Revokes, as often as it is throttled. */
    static void closeSSH(String endpoint) throws Exception {
        Client client = new Client(new Config().setEndpoint(endpoint).setProtocol("http")
            .setAccessKeyId("testid").setAccessKeySecret("testsecret"));
        RevokeSecurityGroupRequest revoke = new RevokeSecurityGroupRequest().setRegionId("cn-hangzhou").setSecurityGroupId("sg-web")
            .setIpProtocol("tcp").setPortRange("22/22").setSourceCidrIp("10.0.0.0/8");
        for (int tries = 1; ; tries++) {
            try {
                client.revokeSecurityGroup(revoke);
                return;
            } catch (TeaException e) {
                if (tries == 3 || !e.getCode().equals("Throttling.User")) throw e;
            }
        }
    }
}
