package ecsmock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.ecs.model.v20140526.*;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.vpc.model.v20160428.CreateVSwitchRequest;
import com.aliyuncs.vpc.model.v20160428.CreateVpcRequest;
import com.aliyuncs.vpc.model.v20160428.DeleteVSwitchRequest;
import com.aliyuncs.vpc.model.v20160428.DeleteVpcRequest;
import io.github.ecsmock.Settings;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** com.aliyun:aliyun-java-sdk-ecs and -vpc: a program that makes all that an instance needs, and removes it again. */
class AliyunJavaSdkStoryTest {
    @RegisterExtension static final Mock mock = new Mock(new Settings().setSignatures("require").setEdition(Row.EDITION));
    @RegisterExtension static final Accounts accounts = new Accounts(mock, Matrix.Client.V1);

    DefaultAcsClient client; // of both products

    @BeforeEach void connect(Account account) {
        client = AliyunJavaSdkEcsConnectionTest.connect(mock.endpoint(), account.id(), "testsecret");
    }

    String newVpc() throws Exception {
        CreateVpcRequest create = new CreateVpcRequest();
        create.setVpcName("shop");
        create.setCidrBlock("10.1.0.0/16");
        return client.getAcsResponse(create).getVpcId();
    }

    String newVSwitch(String vpc) throws Exception {
        CreateVSwitchRequest create = new CreateVSwitchRequest();
        create.setVpcId(vpc);
        create.setZoneId("cn-hangzhou-b");
        create.setCidrBlock("10.1.2.0/24");
        return client.getAcsResponse(create).getVSwitchId();
    }

    /** A group that lets ssh in from 10.0.0.0/8. */
    String newGroup(String vpc) throws Exception {
        CreateSecurityGroupRequest create = new CreateSecurityGroupRequest();
        create.setVpcId(vpc);
        String group = client.getAcsResponse(create).getSecurityGroupId();
        AuthorizeSecurityGroupRequest authorize = new AuthorizeSecurityGroupRequest();
        authorize.setSecurityGroupId(group);
        authorize.setIpProtocol("tcp");
        authorize.setPortRange("22/22");
        authorize.setSourceCidrIp("10.0.0.0/8");
        client.getAcsResponse(authorize);
        return group;
    }

    String newInstance(String vSwitch, String group) throws Exception {
        RunInstancesRequest run = new RunInstancesRequest();
        run.setImageId("m-1");
        run.setInstanceType("ecs.g6.large");
        run.setVSwitchId(vSwitch);
        run.setSecurityGroupId(group);
        List<String> ids = client.getAcsResponse(run).getInstanceIdSets();
        assertEquals(1, ids.size());
        return ids.get(0);
    }

    List<DescribeInstancesResponse.Instance> instances(String group) throws Exception {
        DescribeInstancesRequest describe = new DescribeInstancesRequest();
        describe.setSecurityGroupId(group);
        return client.getAcsResponse(describe).getInstances();
    }

    @Test void aWholeProgram(Account account) throws Exception {
        assertEquals(Set.of(), account.owned());
        String vpc = newVpc();
        String vSwitch = newVSwitch(vpc);
        String group = newGroup(vpc);
        String id = newInstance(vSwitch, group);
        assertEquals(Set.of("Vpcs", "VSwitches", "SecurityGroups", "Instances"), account.owned());

        assertEquals(1, instances(group).size());
        var instance = instances(group).get(0);
        var where = instance.getVpcAttributes();
        assertEquals(List.of(id, "Running", vpc, vSwitch, List.of(group)), List.of(instance.getInstanceId(), instance.getStatus(),
            where.getVpcId(), where.getVSwitchId(), instance.getSecurityGroupIds()));
        assertEquals(1, where.getPrivateIpAddress().size());
        assertTrue(where.getPrivateIpAddress().get(0).matches("10\\.1\\.2\\.\\d+"), where.getPrivateIpAddress().get(0));

        DeleteSecurityGroupRequest deleteGroup = new DeleteSecurityGroupRequest();
        deleteGroup.setSecurityGroupId(group);
        ClientException e = assertThrows(ClientException.class, () -> client.getAcsResponse(deleteGroup));
        assertEquals("DependencyViolation", e.getErrCode());
        client.getAcsResponse(AliyunJavaSdkEcsTest.ssh(group));
        DeleteInstanceRequest deleteInstance = new DeleteInstanceRequest();
        deleteInstance.setInstanceId(id);
        deleteInstance.setForce(true);
        client.getAcsResponse(deleteInstance);
        client.getAcsResponse(deleteGroup);
        DeleteVSwitchRequest deleteVSwitch = new DeleteVSwitchRequest();
        deleteVSwitch.setVSwitchId(vSwitch);
        client.getAcsResponse(deleteVSwitch);
        DeleteVpcRequest deleteVpc = new DeleteVpcRequest();
        deleteVpc.setVpcId(vpc);
        client.getAcsResponse(deleteVpc);
        assertEquals(Set.of(), account.owned());
    }
}
