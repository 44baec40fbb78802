package ecsmock;

import static org.junit.jupiter.api.Assertions.*;

import com.aliyun.tea.TeaException;
import com.aliyuncs.exceptions.ClientException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Both generations against a server that requires signatures. */
class SignaturesTest {
    @RegisterExtension static final Ecsmock mock = new Ecsmock("-signatures", "require");

    static final String DESCRIPTION = "a b*~é+/='()!&%25 安全组";

    @Test void version1() throws Exception {
        var request = new com.aliyuncs.ecs.model.v20140526.CreateSecurityGroupRequest();
        request.setVpcId("vpc-1");
        request.setDescription(DESCRIPTION);
        assertNotNull(AliyunJavaSdkEcsTest.newClient(mock, "testsecret").getAcsResponse(request).getSecurityGroupId());

        var stranger = AliyunJavaSdkEcsTest.newClient(mock, "guessed");
        ClientException e = assertThrows(ClientException.class, () -> stranger.getAcsResponse(request));
        // The SDK's word for IncompleteSignature where the server's string to sign equals its own.
        assertEquals("SDK.InvalidAccessKeySecret", e.getErrCode());
        var plain = stranger.doAction(request);
        assertEquals(400, plain.getStatus());
        assertTrue(plain.getHttpContentString().contains("\"IncompleteSignature\""), plain.getHttpContentString());
    }

    @Test void acs3() throws Exception {
        var request = new com.aliyun.ecs20140526.models.CreateSecurityGroupRequest()
            .setRegionId("cn-hangzhou").setVpcId("vpc-1").setDescription(DESCRIPTION);
        assertNotNull(Ecs20140526Test.newClient(mock, "testsecret").createSecurityGroup(request).getBody().getSecurityGroupId());

        var stranger = Ecs20140526Test.newClient(mock, "guessed");
        TeaException e = assertThrows(TeaException.class, () -> stranger.createSecurityGroup(request));
        assertEquals("SignatureDoesNotMatch", e.getCode());
        assertEquals(400, e.getStatusCode());
    }
}
