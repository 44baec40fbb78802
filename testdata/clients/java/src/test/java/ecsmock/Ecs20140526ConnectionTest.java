package ecsmock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.aliyun.ecs20140526.Client;
import com.aliyun.ecs20140526.models.CreateSecurityGroupRequest;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import io.github.ecsmock.Settings;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** com.aliyun:ecs20140526, ACS3-HMAC-SHA256: how it is pointed at a mock that requires signatures. */
class Ecs20140526ConnectionTest {
    @RegisterExtension static final Mock mock = new Mock(new Settings().setSignatures("require").setEdition(Row.EDITION));
    @RegisterExtension static final Accounts accounts = new Accounts(mock, Matrix.Client.V2);

    static Client connect(String endpoint, String id, String secret) throws Exception {
        return new Client(new Config().setEndpoint(endpoint).setProtocol("http") // as 127.0.0.1:2014
            .setAccessKeyId(id).setAccessKeySecret(secret));
    }

    static Client https(String endpoint, String id, String secret, InputStream ca) throws Exception {
        return new Client(new Config().setEndpoint(endpoint).setProtocol("https")
            .setCa(new String(ca.readAllBytes(), StandardCharsets.UTF_8))
            .setAccessKeyId(id).setAccessKeySecret(secret));
    }

    static CreateSecurityGroupRequest newGroup() {
        return new CreateSecurityGroupRequest().setRegionId("cn-hangzhou").setVpcId("vpc-1")
            .setDescription(AliyunJavaSdkEcsConnectionTest.DESCRIPTION);
    }

    @Test void signs(Account account) throws Exception {
        Client client = connect(mock.endpoint(), account.id(), "testsecret");
        assertNotNull(client.createSecurityGroup(newGroup()).getBody().getSecurityGroupId());
        assertEquals(newGroup().getDescription(), account.calls("CreateSecurityGroup").get(0).params().get("Description"));
    }

    @Test void aWrongSecretIsRefused(Account account) throws Exception {
        Client client = connect(mock.endpoint(), account.id(), "guessed");
        TeaException e = assertThrows(TeaException.class, () -> client.createSecurityGroup(newGroup()));
        assertEquals("SignatureDoesNotMatch", e.getCode());
        assertEquals(400, e.getStatusCode());
    }

    @Test void httpsIsTrustedByTheCaOfTheMock(Account account) throws Exception {
        try (InputStream ca = URI.create(mock.url() + "/_mock/ca.pem").toURL().openStream()) {
            // By another name than elsewhere: the SDK keeps an HTTP client for each, with the CA that it was first given.
            Client client = https(mock.endpoint().replace("127.0.0.1", "localhost"), account.id(), "testsecret", ca);
            assertNotNull(client.createSecurityGroup(newGroup()).getBody().getSecurityGroupId());
        }
    }

    @Test void httpsIsNotTrustedOtherwise(Account account) throws Exception {
        Client client = new Client(new Config().setEndpoint(mock.endpoint()).setProtocol("https")
            .setAccessKeyId(account.id()).setAccessKeySecret("testsecret"));
        Exception e = assertThrows(Exception.class, () -> client.createSecurityGroup(newGroup()));
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof SSLHandshakeException)) cause = cause.getCause();
        assertInstanceOf(SSLHandshakeException.class, cause);
    }
}
