package ecsmock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.ecs.model.v20140526.CreateSecurityGroupRequest;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.HttpClientConfig;
import com.aliyuncs.http.HttpClientType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.policy.retry.RetryPolicy;
import com.aliyuncs.policy.retry.RetryUtil;
import com.aliyuncs.policy.retry.conditions.HeadersCondition;
import com.aliyuncs.profile.DefaultProfile;
import io.github.ecsmock.Settings;
import java.io.InputStream;
import java.net.URI;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** com.aliyun:aliyun-java-sdk-ecs, signature version 1.0: how it is pointed at a mock that requires signatures. */
class AliyunJavaSdkEcsConnectionTest {
    @RegisterExtension static final Mock mock = new Mock(new Settings().setSignatures("require").setEdition(Row.EDITION));
    @RegisterExtension static final Accounts accounts = new Accounts(mock, Matrix.Client.V1);

    static final String DESCRIPTION = "a b*~é+/='()!&%25 安全组";

    static DefaultAcsClient connect(String endpoint, String id, String secret) {
        DefaultAcsClient client = new DefaultAcsClient(DefaultProfile.getProfile("cn-hangzhou", id, secret));
        client.setEndpointResolver(request -> endpoint); // 127.0.0.1:2014; the default is HTTP
        return client;
    }

    static DefaultAcsClient connectTLS(String endpoint, String id, String secret, X509TrustManager... trusted) {
        HttpClientConfig config = HttpClientConfig.getDefault();
        config.setProtocolType(ProtocolType.HTTPS);
        config.setX509TrustManagers(trusted);
        config.setClientType(HttpClientType.Compatible); // the other is one for the process, with the settings that came first
        DefaultProfile profile = DefaultProfile.getProfile("cn-hangzhou", id, secret);
        profile.setHttpClientConfig(config);
        DefaultAcsClient client = new DefaultAcsClient(profile);
        client.setEndpointResolver(request -> endpoint);
        return client;
    }

    /** Trusts what the authority has signed, as that of /_mock/ca.pem. */
    static X509TrustManager trust(InputStream ca) throws Exception {
        KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
        authorities.load(null);
        authorities.setCertificateEntry("ecsmock", CertificateFactory.getInstance("X.509").generateCertificate(ca));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(authorities);
        return (X509TrustManager) trust.getTrustManagers()[0];
    }

    /** Tries again, three times at most, when the headers of an answer say that a quota is used up. */
    static final RetryPolicy WHEN_THROTTLED = RetryPolicy.builder().maxNumberOfRetries(3)
        .retryConditions(Set.of(HeadersCondition.create(RetryUtil.THROTTLING_PATTERNS))).build();

    static CreateSecurityGroupRequest newGroup() {
        CreateSecurityGroupRequest create = new CreateSecurityGroupRequest();
        create.setVpcId("vpc-1");
        create.setDescription(DESCRIPTION);
        return create;
    }

    @Test void signs(Account account) throws Exception {
        DefaultAcsClient client = connect(mock.endpoint(), account.id(), "testsecret");
        assertNotNull(client.getAcsResponse(newGroup()).getSecurityGroupId());
        assertEquals(DESCRIPTION, account.calls("CreateSecurityGroup").get(0).params().get("Description"));
    }

    @Test void aWrongSecretIsRefused(Account account) throws Exception {
        DefaultAcsClient client = connect(mock.endpoint(), account.id(), "guessed");
        ClientException e = assertThrows(ClientException.class, () -> client.getAcsResponse(newGroup()));
        // The SDK's code of a wrong signature where the server's string to sign equals its own.
        assertEquals("SDK.InvalidAccessKeySecret", e.getErrCode());
        var plain = client.doAction(newGroup());
        assertEquals(400, plain.getStatus());
        assertTrue(plain.getHttpContentString().contains("\"" + Row.wrongSignature() + "\""), plain.getHttpContentString());
    }

    @Test void httpsIsTrustedByTheCaOfTheMock(Account account) throws Exception {
        try (InputStream ca = URI.create(mock.url() + "/_mock/ca.pem").toURL().openStream()) {
            DefaultAcsClient client = connectTLS(mock.endpoint(), account.id(), "testsecret", trust(ca));
            assertNotNull(client.getAcsResponse(newGroup()).getSecurityGroupId());
        }
    }

    @Test void httpsIsNotTrustedOtherwise(Account account) {
        DefaultAcsClient client = connectTLS(mock.endpoint(), account.id(), "testsecret");
        ClientException e = assertThrows(ClientException.class, () -> client.getAcsResponse(newGroup()));
        assertInstanceOf(SSLHandshakeException.class, e.getCause());
    }

    @Test void triesAgainWhenThrottled(Account account) throws Exception {
        account.seedWeb();
        account.throttle(2);
        DefaultAcsClient client = connect(mock.endpoint(), account.id(), "testsecret");
        client.setSysRetryPolicy(WHEN_THROTTLED);
        client.getAcsResponse(AliyunJavaSdkEcsTest.ssh("sg-web"));
        assertEquals(3, account.calls("RevokeSecurityGroup").size());
    }

    @Test void doesNotTryAgainUnlessToldTo(Account account) {
        account.seedWeb();
        account.throttle(2);
        DefaultAcsClient client = connect(mock.endpoint(), account.id(), "testsecret");
        ClientException e = assertThrows(ClientException.class, () -> client.getAcsResponse(AliyunJavaSdkEcsTest.ssh("sg-web")));
        assertEquals("Throttling.User", e.getErrCode());
        assertEquals(1, account.calls("RevokeSecurityGroup").size());
    }
}
