package ecsmock;

import io.github.ecsmock.EcsmockServer;
import io.github.ecsmock.Settings;
import java.time.Duration;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A mock for the tests of one class, which may run concurrently: an access key of 16 digits is an account of its own. */
final class Mock implements BeforeAllCallback, AfterAllCallback {
    private final Settings settings;
    private EcsmockServer server;

    Mock(Settings settings) { this.settings = settings; }

    @Override public void beforeAll(ExtensionContext context) { server = EcsmockServer.start(settings); }
    @Override public void afterAll(ExtensionContext context) { server.close(); }

    String url() { return server.url(); }
    String endpoint() { return server.endpoint(); }
    String state() { return ask("GET", "state", ""); }
    void reset() { server.reset(); }
    void advance(Duration duration) { server.advance(duration); }
    String ask(String method, String path, String body) { return server.request(method, path, body); }
}
