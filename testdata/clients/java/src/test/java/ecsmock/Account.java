package ecsmock;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** What a test has to itself on a mock that it shares: an access key of 16 digits is an account. */
record Account(Mock mock, String id) {
    private static final AtomicLong last = new AtomicLong(4_000_000_000_000_000L);
    private static final Gson GSON = new GsonBuilder().setFieldNamingPolicy(FieldNamingPolicy.UPPER_CAMEL_CASE).create();

    /** A finished call, as the journal has it. */
    record Call(String product, String action, int status, String code, String requestId, String hint, Map<String, String> params) {
        String name() { return Account.name(product, action); }
    }

    /** The name of an action, with its product unless that is ECS. */
    static String name(String product, String action) {
        return product.equals("Ecs") ? action : product + "." + action;
    }

    private record Journal(List<Call> calls) {}

    Account(Mock mock) {
        this(mock, Long.toString(last.incrementAndGet()));
    }

    /** The calls of the action, or all. */
    List<Call> calls(String action) {
        return calls(mock, "account=" + id + "&action=" + action);
    }

    static List<Call> calls(Mock mock, String filter) {
        return GSON.fromJson(mock.ask("GET", "journal?" + filter, ""), Journal.class).calls();
    }

    /** The kinds of things that the state has of the account. */
    Set<String> owned() {
        Set<String> kinds = new TreeSet<>();
        JsonParser.parseString(mock.state()).getAsJsonObject().entrySet().forEach(entry -> {
            if (!entry.getKey().equals("Accounts") && entry.getValue().toString().contains("\"AccountId\":\"" + id + "\"")) {
                kinds.add(entry.getKey());
            }
        });
        return kinds;
    }

    /** A group of a VPC that lets ssh in from 10.0.0.0/8. */
    void seedWeb() {
        seed("""
            "SecurityGroups": [{"AccountId": "%s", "RegionId": "cn-hangzhou", "SecurityGroupId": "sg-web", "VpcId": "vpc-1",
              "Permissions": [{"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8"}]}]""");
    }

    /** An empty prefix list, for rules to name. */
    void seedPrefixList() {
        seed("""
            "PrefixLists": [{"AccountId": "%s", "RegionId": "cn-hangzhou", "PrefixListId": "pl-office", "MaxEntries": 1}]""");
    }

    private void seed(String resources) {
        mock.ask("POST", "seed", "{\"Version\": 1, %s}".formatted(resources.formatted(id)));
    }

    /** The next revokes are throttled. */
    void throttle(int times) { fault("\"Code\": \"Throttling.User\"", times); }

    /** The connections of the next revokes are closed without an answer. */
    void drop(int times) { fault("\"Drop\": true", times); }

    private void fault(String effect, int times) {
        mock.ask("POST", "faults", """
            {"Action": "RevokeSecurityGroup", "AccountId": "%s", "Times": %d, %s}""".formatted(id, times, effect));
    }
}
