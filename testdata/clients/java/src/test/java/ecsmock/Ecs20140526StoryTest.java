package ecsmock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.ecs20140526.Client;
import com.aliyun.ecs20140526.models.*;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.aliyun.vpc20160428.models.CreateVSwitchRequest;
import com.aliyun.vpc20160428.models.CreateVpcRequest;
import com.aliyun.vpc20160428.models.DeleteVSwitchRequest;
import com.aliyun.vpc20160428.models.DeleteVpcRequest;
import io.github.ecsmock.Settings;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** com.aliyun:ecs20140526 and vpc20160428: a program that makes all that an instance needs, and removes it again. */
class Ecs20140526StoryTest {
    @RegisterExtension static final Mock mock = new Mock(new Settings().setSignatures("require").setEdition(Row.EDITION));
    @RegisterExtension static final Accounts accounts = new Accounts(mock, Matrix.Client.V2);

    static final String REGION = "cn-hangzhou";

    Client ecs;
    com.aliyun.vpc20160428.Client vpc;

    @BeforeEach void connect(Account account) throws Exception {
        ecs = Ecs20140526ConnectionTest.connect(mock.endpoint(), account.id(), "testsecret");
        vpc = new com.aliyun.vpc20160428.Client(new Config().setEndpoint(mock.endpoint()).setProtocol("http")
            .setAccessKeyId(account.id()).setAccessKeySecret("testsecret"));
    }

    /** A group that lets ssh in from 10.0.0.0/8. */
    String newGroup(String vpcId) throws Exception {
        String group = ecs.createSecurityGroup(new CreateSecurityGroupRequest().setRegionId(REGION).setVpcId(vpcId))
            .getBody().getSecurityGroupId();
        ecs.authorizeSecurityGroup(Ecs20140526Test.authorize(group).setIpProtocol("tcp").setPortRange("22/22").setSourceCidrIp("10.0.0.0/8"));
        return group;
    }

    String newInstance(String vSwitch, String group) throws Exception {
        List<String> ids = ecs.runInstances(new RunInstancesRequest().setRegionId(REGION).setImageId("m-1").setInstanceType("ecs.g6.large")
            .setVSwitchId(vSwitch).setSecurityGroupId(group)).getBody().getInstanceIdSets().getInstanceIdSet();
        assertEquals(1, ids.size());
        return ids.get(0);
    }

    @Test void aWholeProgram(Account account) throws Exception {
        assertEquals(Set.of(), account.owned());
        String vpcId = vpc.createVpc(new CreateVpcRequest().setRegionId(REGION).setVpcName("shop").setCidrBlock("10.1.0.0/16"))
            .getBody().getVpcId();
        String vSwitch = vpc.createVSwitch(new CreateVSwitchRequest().setRegionId(REGION).setVpcId(vpcId).setZoneId("cn-hangzhou-b")
            .setCidrBlock("10.1.2.0/24")).getBody().getVSwitchId();
        String group = newGroup(vpcId);
        String id = newInstance(vSwitch, group);
        assertEquals(Set.of("Vpcs", "VSwitches", "SecurityGroups", "Instances"), account.owned());

        var instances = ecs.describeInstances(new DescribeInstancesRequest().setRegionId(REGION).setSecurityGroupId(group))
            .getBody().getInstances().getInstance();
        assertEquals(1, instances.size());
        var instance = instances.get(0);
        var where = instance.getVpcAttributes();
        assertEquals(List.of(id, "Running", vpcId, vSwitch, List.of(group)), List.of(instance.getInstanceId(), instance.getStatus(),
            where.getVpcId(), where.getVSwitchId(), instance.getSecurityGroupIds().getSecurityGroupId()));
        List<String> addresses = where.getPrivateIpAddress().getIpAddress();
        assertEquals(1, addresses.size());
        assertTrue(addresses.get(0).matches("10\\.1\\.2\\.\\d+"), addresses.get(0));

        var deleteGroup = new DeleteSecurityGroupRequest().setRegionId(REGION).setSecurityGroupId(group);
        TeaException e = assertThrows(TeaException.class, () -> ecs.deleteSecurityGroup(deleteGroup));
        assertEquals("403 DependencyViolation", e.getStatusCode() + " " + e.getCode());
        ecs.revokeSecurityGroup(Ecs20140526Test.ssh(group));
        ecs.deleteInstance(new DeleteInstanceRequest().setInstanceId(id).setForce(true));
        ecs.deleteSecurityGroup(deleteGroup);
        vpc.deleteVSwitch(new DeleteVSwitchRequest().setRegionId(REGION).setVSwitchId(vSwitch));
        vpc.deleteVpc(new DeleteVpcRequest().setRegionId(REGION).setVpcId(vpcId));
        assertEquals(Set.of(), account.owned());
    }
}
