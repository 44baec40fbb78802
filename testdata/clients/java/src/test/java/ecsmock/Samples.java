package ecsmock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;

/** The samples of a client that the mock offers, one for each action: compiled product by product, and each run in the demo world. */
final class Samples implements AutoCloseable {
    /** What a request has beside the parameters of its action; aliyun-java-sdk-core puts RegionId into every one. */
    private static final Set<String> ENVELOPE = Set.of("AccessKeyId", "Action", "Format", "RegionId", "Signature",
        "SignatureMethod", "SignatureNonce", "SignatureType", "SignatureVersion", "Timestamp", "Version");

    /** The products that both SDKs have packages for. */
    private static final List<String> PRODUCTS = List.of("Ecs", "Vpc", "Sts", "BssOpenApi");

    private record Action(String product, String version, String name, String example) {
        String fullName() { return Account.name(product, name); }
    }

    private final Mock mock;
    private final Matrix.Client client;
    private final Path directory;
    private Process process;
    private String product; // whose samples the process runs

    Samples(Mock mock, Matrix.Client client, Path directory) {
        this.mock = mock;
        this.client = client;
        this.directory = directory;
    }

    Stream<DynamicTest> tests() throws IOException {
        List<Action> actions = new ArrayList<>();
        for (JsonElement product : JsonParser.parseString(mock.ask("GET", "actions", "")).getAsJsonObject().getAsJsonArray("Products")) {
            List<Action> mine = actions(product.getAsJsonObject());
            if (!mine.isEmpty()) compile(mine);
            actions.addAll(mine);
        }
        assertEquals(PRODUCTS, actions.stream().map(Action::product).distinct().toList());
        return actions.stream().map(action -> DynamicTest.dynamicTest(action.fullName(), () -> succeeds(action)));
    }

    /** The actions of a product that the SDK has classes for. */
    private static List<Action> actions(JsonObject product) {
        String name = product.get("Name").getAsString();
        if (!PRODUCTS.contains(name)) return List.of();
        return product.getAsJsonArray("Actions").asList().stream().map(JsonElement::getAsJsonObject)
            .map(action -> new Action(name, product.get("Version").getAsString(), action.get("Name").getAsString(), action.get("Example").getAsString()))
            .filter(action -> !action.name().contains("PortRangeList")) // both SDKs are older
            .toList();
    }

    /** Compiles the samples of a product. Those of another may have the same names. */
    private void compile(List<Action> actions) throws IOException {
        Path directory = Files.createDirectory(classes(actions.get(0)));
        List<Path> files = new ArrayList<>();
        for (Action action : actions) {
            String source = mock.ask("GET", "samples/" + client.name + "?Action=" + action.name() + "&Version=" + action.version(), "");
            files.add(Files.writeString(directory.resolve(action.name() + "Sample.java"), source));
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            StringWriter complaints = new StringWriter();
            var task = compiler.getTask(complaints, manager, null, List.of("-d", directory.toString(), "-proc:none"), null,
                manager.getJavaFileObjectsFromPaths(files));
            assertTrue(task.call(), complaints.toString());
        }
    }

    private Path classes(Action action) { return directory.resolve(action.product()); }

    private void succeeds(Action action) throws IOException {
        mock.reset();
        String output = run(action);

        List<Account.Call> calls = Account.calls(mock, "");
        assertEquals(1, calls.size(), output);
        Account.Call call = calls.get(0);
        assertEquals(action.fullName() + " 200", call.name() + " " + call.status(), output);
        assertTrue(output.contains(call.requestId()), output);

        Map<String, String> asked = new TreeMap<>(call.params());
        Map<String, String> example = parameters(action.example());
        asked.keySet().removeIf(parameter -> ENVELOPE.contains(parameter) && !example.containsKey(parameter));
        assertEquals(example, asked);
        client.samples.add(action.fullName());
    }

    /** The parameters of a query but for Action and Version, which a client may send in headers. */
    private static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&")).map(pair -> pair.split("=", 2)).filter(pair -> !pair[0].matches("Action|Version"))
            .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    /**
     * Runs a sample in the process that ran the one before, which ends with a sample that fails or with those of its product;
     * answers with what the sample printed.
     */
    private String run(Action action) throws IOException {
        String main = action.name() + "Sample";
        if (!action.product().equals(product)) close();
        if (process == null || !process.isAlive()) process = start(classes(action));
        product = action.product();
        process.outputWriter().append(main).append('\n').flush();
        BufferedReader reader = process.inputReader();
        StringBuilder output = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.equals(Mains.RETURNED)) return output.toString();
            output.append(line).append('\n');
        }
        process.onExit().join();
        throw new AssertionError(main + " failed: " + output);
    }

    private Process start(Path classes) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
            "-cp", classes + System.getProperty("path.separator") + System.getProperty("java.class.path"),
            Mains.class.getName()).redirectErrorStream(true).start();
    }

    @Override public void close() {
        if (process == null) return;
        process.destroy();
        process.onExit().join();
    }
}
