package io.github.ecsmock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A mock, or one account of it. A mistake in a test, such as an unknown region in a state, is an {@link EcsmockException}. It is safe for
 * concurrent use.
 */
public class Ecsmock implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newBuilder().proxy(HttpClient.Builder.NO_PROXY).version(HttpClient.Version.HTTP_1_1).build();

    private final String url;
    private final String accessKeyId;
    private final String accessKeySecret;
    private final String accountId;
    private final boolean bound; // to the account
    private volatile State seed;
    private volatile boolean movedClock;

    Ecsmock(String url, String accessKeyId, String accessKeySecret, String accountId, boolean bound) {
        this.url = url;
        this.accessKeyId = accessKeyId;
        this.accessKeySecret = accessKeySecret;
        this.accountId = accountId;
        this.bound = bound;
    }

    /** Such as http://127.0.0.1:54321. The same port serves https. */
    public String url() { return url; }

    /** Such as 127.0.0.1:54321, for SDKs. */
    public String endpoint() { return URI.create(url).getAuthority(); }

    public String accessKeyId() { return accessKeyId; }
    public String accessKeySecret() { return accessKeySecret; }
    public String accountId() { return accountId; }

    /** Says which faults never acted, removes what the account has, and sets the clock right if this account moved it. */
    @Override public void close() {
        reportFaults();
        request("POST", at("reset"));
        if (movedClock) setTime(Instant.now());
    }

    final void reportFaults() {
        for (Fault fault : faults()) {
            if (fault.getActed() > 0) continue;
            Map<String, Object> shown = new LinkedHashMap<>(fault.fields);
            List.of("Id", "Matched", "Acted").forEach(shown::remove);
            System.err.println("ecsmock: the fault " + Json.text(shown) + " never acted; it matched " + fault.getMatched() + " calls");
        }
    }

    /** Returns the current state, in a stable order. */
    public State state() { return State.parse(request("GET", at("state"))); }

    /** Replaces the state. One that is not valid changes nothing, and the error has the path of the mistake. */
    public void load(State state) { request("PUT", at("state"), state.toString()); }

    /** Adds to the state. An AccountId that is left out is that of the account. {@link #reset} does not restore it. */
    public void add(State state) { request("POST", at("seed"), state.toString()); }

    /** Adds a state, which {@link #reset} restores. */
    public void seed(State state) {
        add(state);
        seed = state;
    }

    /** Adds a state file, or the demo world for demo, which {@link #reset} restores. */
    public void seed(String seed) {
        try {
            seed(seed.equals("demo") ? demo() : State.parse(Files.readString(Path.of(seed))));
        } catch (IOException e) {
            throw new EcsmockException("cannot read the seed " + seed + "; it is a state file or demo", e);
        }
    }

    /** Returns the demo world, which the examples of the documentation use. */
    public State demo() { return State.parse(request("GET", "demo")); }

    /** Restores the seed, or the empty state, and clears calls and faults; of a whole mock the clock and client tokens, too. */
    public void reset() {
        request("POST", at("reset"));
        if (seed != null) add(seed);
    }

    /** Makes the next calls of an action, or of all for *, fail with an error code of the API. 0 times is no limit. */
    public long fail(String action, String code, int times) {
        return fault(new Fault().setAction(action).setCode(code).setTimes(times));
    }

    /** Delays the answers of an action, or of all for *. It rounds up to milliseconds. */
    public long delay(String action, Duration duration) {
        return fault(new Fault().setAction(action).setDelayMs((int) duration.plusNanos(999_999).toMillis()));
    }

    /** Lays fields, as JSON has them, over the next answer of an action. */
    public long answer(String action, Map<String, ?> fields) {
        return fault(new Fault().setAction(action).setAnswer(fields).setTimes(1));
    }

    /** Adds a fault and returns its number. One that never acted is told of at the end of the test. */
    public long fault(Fault fault) {
        Map<String, Object> fields = new LinkedHashMap<>(fault.fields);
        if (bound) fields.putIfAbsent("AccountId", accountId);
        return faults(request("POST", "faults", Json.text(fields))).get(0).getId();
    }

    /** Returns the faults, the oldest first, with how often each acted. */
    public List<Fault> faults() {
        return faults(request("GET", "faults")).stream().filter(fault -> !bound || accountId.equals(fault.getAccountId())).toList();
    }

    private static List<Fault> faults(String answer) { return objects(answer, "Faults", Fault::new); }

    private static <T> List<T> objects(String answer, String name, Function<Map<String, Object>, T> make) {
        return new Value(Json.object(answer)) {}.list(name, make);
    }

    public void removeFault(long id) { request("DELETE", "faults?id=" + id); }
    public void clearFaults() { request("DELETE", at("faults")); }

    /** Returns the finished calls of an action, or of all for *, the oldest first. A call is recorded before its answer is sent. */
    public List<Call> calls(String action) {
        return objects(request("GET", at("journal", "action", action.equals("*") ? "" : action)), "Calls", Call::new);
    }

    /** Removes all calls. It does not restart their numbers. */
    public void clearCalls() { request("DELETE", at("journal")); }

    /** Returns the last calls with their hints, for people. A test that fails prints them. */
    public String lastCalls() { return Calls.last(calls("*")); }

    /** Returns the mock's time. */
    public Instant now() { return Instant.parse((String) Json.object(request("GET", "clock")).get("Now")); }

    /** Sets the mock's clock, which runs on from there. It ends a freeze. */
    public void setTime(Instant time) { setClock(Map.of("Now", time.toString(), "Frozen", false)); }

    /** Stops the mock's clock at a time, until {@link #advance} moves it or {@link #setTime} starts it again. */
    public void freeze(Instant time) { setClock(Map.of("Now", time.toString(), "Frozen", true)); }

    /** Moves the mock's clock, backwards by a negative duration. What has expired is gone at once, such as client tokens. */
    public void advance(Duration duration) { setClock(Map.of("Advance", duration.toNanos() / 1000 + "us")); }

    private void setClock(Map<String, Object> change) {
        request("PUT", "clock", Json.text(change));
        movedClock = true;
    }

    /** Returns how the mock answers. */
    public Health health() { return new Health(Json.object(request("GET", "health"))); }

    /**
     * Fails unless a group has a rule, and says which comes nearest. Rules are compared as the API compares them when it revokes one: absent
     * fields have the API's defaults, and 10.0.0.1 equals 10.0.0.1/32. An id, a description and a time count only if they are given. If several
     * accounts or regions have the group, it is written as region/id or account/region/id.
     */
    public void assertHasRule(String group, Permission rule) {
        Value found = rule(group, rule);
        if (!hasRule(found)) throw failure(group + " lacks the rule " + rule + "; " + found.get("Why"));
    }

    /** Fails if a group has a rule. */
    public void assertLacksRule(String group, Permission rule) {
        Value found = rule(group, rule);
        if (hasRule(found)) throw failure(group + " has the rule " + found.object("Rule", Permission::new));
    }

    /** Reports whether a group has a rule, as {@link #assertHasRule} compares rules. */
    public boolean hasRule(String group, Permission rule) { return hasRule(rule(group, rule)); }

    private Value rule(String group, Permission rule) { return new Value(Json.object(request("POST", at("rule", "group", group), rule.toString()))) {}; }

    private static boolean hasRule(Value found) { return (Boolean) found.get("Has"); }

    /**
     * Fails unless all traffic from one end reaches the other: assertReaches("anyone", "sg-web", "tcp/22"). Each end is anyone, an address, a
     * CIDR block, a group, a member or a prefix list; one at least is a group or a member. Between groups and members both the inbound and the
     * outbound rules are asked.
     */
    public void assertReaches(String from, String to, String traffic) {
        Reach reach = reach(from, to, traffic, "");
        if (!reach.getReaches()) throw failure(traffic + " from " + from + " to " + to + ": " + reach.getWhy());
    }

    /** Fails if any traffic from one end reaches the other, or a part of it. */
    public void assertCannotReach(String from, String to, String traffic) {
        Reach reach = reach(from, to, traffic, "");
        if (reach.getReaches() || reach.getPartly()) throw failure(traffic + " from " + from + " to " + to + ": " + reach.getWhy());
    }

    /** Returns whether traffic gets through, why, and the rules that decide. With ingress the rules of to alone are asked, with egress those of from. */
    public Reach reach(String from, String to, String traffic, String direction) {
        String[] parts = (traffic + "/").split("/", 3);
        return new Reach(Json.object(request("GET", at("reach", "from", from, "to", to, "protocol", parts[0], "port", parts[1], "direction", direction))));
    }

    /** Fails unless an action was called with some parameters, each written as Name=value, as they were sent. The call need not have succeeded. */
    public void assertWasCalled(String action, String... params) {
        List<Call> calls = calls(action);
        if (calls.stream().noneMatch(call -> Calls.lacks(call, params).isEmpty())) throw failure(action + " was not called" + Calls.nearest(calls, params));
    }

    /** Fails if an action was called with some parameters. */
    public void assertWasNotCalled(String action, String... params) {
        calls(action).stream().filter(call -> Calls.lacks(call, params).isEmpty()).findFirst().ifPresent(call -> {
            throw failure(action + " was called: " + Calls.line(call));
        });
    }

    /** Returns where the mock differs from the service of the setting shadow. */
    public Differences differences() { return new Differences(Json.object(request("GET", "differences"))); }

    /** Forgets the differences. */
    public void clearDifferences() { request("DELETE", "differences"); }

    /** Fails unless the service of the setting shadow and the mock answered each call in the same way. */
    public void assertAgreesWithService() {
        Differences found = differences();
        if (found.getDifferences().isEmpty()) return;
        throw failure(found.getDifferences().stream().map(Calls::line)
            .collect(Collectors.joining("\n", "the mock of edition " + found.getEdition() + " differs from " + found.getService() + ":\n", "")));
    }

    private AssertionError failure(String why) { return new AssertionError(why + "\n" + lastCalls()); }

    /** Returns the certificate, in PEM, that a client has to trust for https. It is new in each run. */
    public String caPem() { return request("GET", "ca.pem"); }

    /** Returns the path of a resource, that of the account, with parameters that are not blank. */
    private String at(String resource, String... query) {
        StringBuilder path = new StringBuilder(resource);
        String[] all = Arrays.copyOf(query, query.length + 2);
        all[query.length] = "account";
        all[query.length + 1] = bound ? accountId : "";
        for (int i = 0; i < all.length; i += 2) {
            if (all[i + 1].isEmpty()) continue;
            path.append(path.indexOf("?") < 0 ? '?' : '&').append(all[i]).append('=').append(URLEncoder.encode(all[i + 1], StandardCharsets.UTF_8));
        }
        return path.toString();
    }

    private String request(String method, String path) { return request(method, path, ""); }

    /** Makes any other request under /_mock/, and returns the body of its answer. */
    public String request(String method, String path, String body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/_mock/" + path)).method(method, BodyPublishers.ofString(body)).build();
            HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 400) throw new EcsmockException((String) Json.object(answer.body()).get("error"));
            return answer.body();
        } catch (IOException e) {
            throw new EcsmockException("the mock at " + url + " does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
