package ecsmock;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Which actions each client was seen to do. It is written where CLIENTS_PROVEN says, once every test has passed. */
public final class Matrix implements TestExecutionListener {
    enum Client {
        V1("java-v1", "aliyun-java-sdk-ecs"), V2("java-v2", "ecs20140526");

        final String name; // as its samples are called
        final String artifact;
        final Set<String> tests = new ConcurrentSkipListSet<>();
        final Set<String> samples = new ConcurrentSkipListSet<>();

        Client(String name, String artifact) {
            this.name = name;
            this.artifact = artifact;
        }
    }

    private volatile boolean failed;

    @Override public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() != Status.SUCCESSFUL) failed = true;
    }

    @Override public void testPlanExecutionFinished(TestPlan plan) {
        String directory = System.getenv("CLIENTS_PROVEN");
        if (directory == null || directory.isEmpty() || failed) return;
        try {
            for (Client client : Client.values()) {
                String row = new GsonBuilder().setPrettyPrinting().create().toJson(row(client));
                Files.writeString(Path.of(directory, client.name + "-" + Row.EDITION + ".json"), row + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject row(Client client) throws IOException {
        JsonObject row = new JsonObject();
        row.addProperty("Language", "Java");
        row.addProperty("Client", "com.aliyun:" + client.artifact);
        row.addProperty("Version", version(client.artifact));
        row.addProperty("Edition", Row.EDITION);
        row.add("Tests", list(client.tests));
        row.add("Samples", list(client.samples));
        return row;
    }

    private static JsonArray list(Collection<String> actions) {
        var list = new JsonArray();
        actions.forEach(list::add);
        return list;
    }

    /** The version of the artifact that is on the class path. */
    private static String version(String artifact) throws IOException {
        try (InputStream file = Matrix.class.getResourceAsStream("/META-INF/maven/com.aliyun/" + artifact + "/pom.properties")) {
            Properties pom = new Properties();
            pom.load(file);
            return pom.getProperty("version");
        }
    }
}
