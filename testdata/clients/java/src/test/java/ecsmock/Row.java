package ecsmock;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A row of ../refusals.json in the edition: the parameters of a revoke of the group of Account.seedWeb, and how it is refused. */
record Row(String name, Map<String, String> parameters, int status, String code, String message) {
    /** The edition of the mocks of these tests. */
    static final String EDITION = System.getenv().getOrDefault("ECSMOCK_EDITION", "2019");

    private static final JsonObject FILE = read();

    static List<Row> all() {
        return FILE.getAsJsonArray("Revoke").asList().stream().map(JsonElement::getAsJsonObject)
            .map(row -> row(row.get("Name").getAsString(), row.getAsJsonObject("Change"), row.getAsJsonObject(EDITION))).toList();
    }

    /** A revoke that matches no rule. */
    static Row miss() {
        return all().stream().filter(row -> row.name().equals("no such rule")).findFirst().orElseThrow();
    }

    /** The code of a wrong signature of version 1.0. */
    static String wrongSignature() {
        return FILE.getAsJsonObject("Signature").getAsJsonObject(EDITION).get("Code").getAsString();
    }

    private static JsonObject read() {
        try {
            return JsonParser.parseString(Files.readString(Path.of("../refusals.json"))).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(String name, JsonObject change, JsonObject refusal) {
        Map<String, String> parameters = new TreeMap<>(Map.of("RegionId", "cn-hangzhou", "SecurityGroupId", "sg-web",
            "IpProtocol", "tcp", "PortRange", "22/22", "SourceCidrIp", "10.0.0.0/8"));
        change.entrySet().forEach(entry -> {
            if (entry.getValue().isJsonNull()) parameters.remove(entry.getKey());
            else parameters.put(entry.getKey(), entry.getValue().getAsString().replace("{group}", "sg-web"));
        });
        return new Row(name, parameters, refusal.get("Status").getAsInt(), refusal.get("Code").getAsString(), refusal.get("Message").getAsString());
    }

    @Override public String toString() { return name; }
}
