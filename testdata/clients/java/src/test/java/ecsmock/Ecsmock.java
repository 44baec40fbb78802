package ecsmock;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.*;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A mock of ECS for the tests of one class. It is reset before each test, unless tests run concurrently: then give each test
 * its own access key of 16 digits, which is its account. A failed test prints the calls with their hints.
 */
final class Ecsmock implements BeforeAllCallback, BeforeEachCallback, AfterTestExecutionCallback, AfterAllCallback {
    private final HttpClient http = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).build();
    private final ProcessBuilder program;
    private Process process;
    private String url;

    /** Takes flags of the program, such as "-signatures", "require". */
    Ecsmock(String... flags) {
        program = new ProcessBuilder(System.getenv().getOrDefault("ECSMOCK_PROGRAM", "ecsmock"));
        program.command().addAll(List.of(flags));
        program.redirectError(ProcessBuilder.Redirect.INHERIT);
        program.environment().putAll(Map.of("ECSMOCK_ADDR", "127.0.0.1:0", "ECSMOCK_LOG", "off"));
    }

    /** Starts a mock, or uses the one that runs at ECSMOCK_URL. */
    @Override public void beforeAll(ExtensionContext context) throws IOException {
        url = System.getenv("ECSMOCK_URL");
        if (url != null) return;
        process = program.start();
        String line = process.inputReader().readLine();
        if (line == null || !line.startsWith("listening on ")) throw new IOException("the mock does not listen: " + line);
        url = line.substring("listening on ".length());
    }

    @Override public void beforeEach(ExtensionContext context) {
        if (context.getExecutionMode() == ExecutionMode.SAME_THREAD) reset();
    }

    @Override public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) System.err.println(context.getDisplayName() + " called " + calls(""));
    }

    @Override public void afterAll(ExtensionContext context) {
        if (process == null) return; // it did not start
        process.destroy();
        process.onExit().join();
    }

    String url() { return url; }
    String endpoint() { return URI.create(url).getAuthority(); } // host:port, for SDKs

    String state() { return ask("GET", "state", ""); }
    void load(String state) { ask("PUT", "state", state); }
    void add(String state) { ask("POST", "seed", state); }
    void reset() { ask("POST", "reset", ""); }
    String calls(String action) { return ask("GET", "journal?action=" + action, ""); }
    void advance(String duration) { ask("PUT", "clock", "{\"Advance\": \"%s\"}".formatted(duration)); }
    void fail(String action, String code, int times) {
        ask("POST", "faults", "{\"Action\": \"%s\", \"Code\": \"%s\", \"Times\": %d}".formatted(action, code, times));
    }

    /** Lays fields, in JSON, over the next answer of an action. */
    void answer(String action, String fields) {
        ask("POST", "faults", "{\"Action\": \"%s\", \"Answer\": %s, \"Times\": 1}".formatted(action, fields));
    }

    /** Makes any other request under /_mock/. */
    String ask(String method, String path, String body) {
        try {
            var request = HttpRequest.newBuilder(URI.create(url + "/_mock/" + path)).method(method, BodyPublishers.ofString(body));
            var response = http.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() != 200) throw new IllegalArgumentException(response.body());
            return response.body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
