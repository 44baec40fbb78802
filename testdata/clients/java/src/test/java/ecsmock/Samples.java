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

/** The samples of a client that the mock offers, one for each action: compiled all at once, and each run in the demo world. */
final class Samples implements AutoCloseable {
    /** What a request has beside the parameters of its action; aliyun-java-sdk-core puts RegionId into every one. */
    private static final Set<String> ENVELOPE = Set.of("AccessKeyId", "Action", "Format", "RegionId", "Signature",
        "SignatureMethod", "SignatureNonce", "SignatureType", "SignatureVersion", "Timestamp", "Version");

    private final Ecsmock mock;
    private final Matrix.Client client;
    private final Path directory;
    private Process process;

    Samples(Ecsmock mock, Matrix.Client client, Path directory) {
        this.mock = mock;
        this.client = client;
        this.directory = directory;
    }

    Stream<DynamicTest> tests() throws IOException {
        List<JsonObject> actions = JsonParser.parseString(mock.ask("GET", "actions", "")).getAsJsonObject()
            .getAsJsonArray("Products").get(0).getAsJsonObject() // ECS: samples are of it alone
            .getAsJsonArray("Actions").asList().stream().map(JsonElement::getAsJsonObject)
            .filter(action -> !action.get("Name").getAsString().contains("PortRangeList")) // both SDKs are older
            .toList();
        compile(actions.stream().map(action -> action.get("Name").getAsString()).toList());
        return actions.stream().map(action ->
            DynamicTest.dynamicTest(action.get("Name").getAsString(), () -> succeeds(action)));
    }

    private void compile(List<String> actions) throws IOException {
        List<Path> files = new ArrayList<>();
        for (String action : actions) {
            String source = mock.ask("GET", "samples/" + client.name + "?Action=" + action, "");
            files.add(Files.writeString(directory.resolve(action + "Sample.java"), source));
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            StringWriter complaints = new StringWriter();
            var task = compiler.getTask(complaints, manager, null, List.of("-d", directory.toString(), "-proc:none"), null,
                manager.getJavaFileObjectsFromPaths(files));
            assertTrue(task.call(), complaints.toString());
        }
    }

    private void succeeds(JsonObject action) throws IOException {
        String name = action.get("Name").getAsString();
        mock.reset();
        String output = run(name + "Sample");

        List<Account.Call> calls = Account.calls(mock, "");
        assertEquals(1, calls.size(), output);
        Account.Call call = calls.get(0);
        assertEquals(name + " 200", call.action() + " " + call.status(), output);
        assertTrue(output.contains(call.requestId()), output);

        Map<String, String> asked = new TreeMap<>(call.params());
        Map<String, String> example = parameters(action.get("Example").getAsString());
        asked.keySet().removeIf(parameter -> ENVELOPE.contains(parameter) && !example.containsKey(parameter));
        assertEquals(example, asked);
        client.samples.add(name);
    }

    /** The parameters of a query but for Action, which a client may send in a header. */
    private static Map<String, String> parameters(String query) {
        return Arrays.stream(query.split("&")).map(pair -> pair.split("=", 2)).filter(pair -> !pair[0].equals("Action"))
            .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    /** Runs a main in the process that ran the one before, which ends with a sample that fails; answers with what it printed. */
    private String run(String main) throws IOException {
        if (process == null || !process.isAlive()) process = start();
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

    private Process start() throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
            "-cp", directory + System.getProperty("path.separator") + System.getProperty("java.class.path"),
            Mains.class.getName()).redirectErrorStream(true).start();
    }

    @Override public void close() {
        if (process == null) return;
        process.destroy();
        process.onExit().join();
    }
}
