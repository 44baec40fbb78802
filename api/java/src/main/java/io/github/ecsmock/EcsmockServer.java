package io.github.ecsmock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** A mock with all its accounts. */
public final class EcsmockServer extends Ecsmock {
    private static final long FIRST_ACCOUNT = 2_000_000_000_000_001L;

    private final AtomicLong accounts;
    private Program program; // null for one that ran before, or is closed

    private EcsmockServer(String url, String[] key, long firstAccount, Program program) {
        super(url, key[0], key[1], key.length > 2 && !key[2].isEmpty() ? key[2] : "1234567890123456", false);
        this.accounts = new AtomicLong(firstAccount);
        this.program = program;
    }

    /** Uses the mock that runs at the address in the environment variable ECSMOCK_URL, if that is set, or runs one. */
    public static EcsmockServer start() { return start(new Settings()); }

    /**
     * Runs a mock on a free port of 127.0.0.1 until it is closed, or this process ends. Settings are the flags of the program; log is off unless it
     * is given.
     */
    public static EcsmockServer start(Settings settings) {
        Map<String, Object> all = new LinkedHashMap<>(Map.of("addr", "127.0.0.1:0", "log", "off"));
        all.putAll(settings.fields);
        String url = System.getenv("ECSMOCK_URL");
        if (url != null && !url.isEmpty() && settings.fields.isEmpty()) return connect(url);
        Program program = all.get("seed") instanceof Map<?, ?> seed ? seeded(all, Json.text(seed)) : run(all);
        return new EcsmockServer(program.url, first(all.get("credentials")), FIRST_ACCOUNT, program);
    }

    /** Returns the mock that runs at an address, such as that of a container. Closing it leaves it running. */
    public static EcsmockServer connect(String url) {
        // Others may use it, so that accounts must not be counted from one.
        long account = ThreadLocalRandom.current().nextLong(FIRST_ACCOUNT, 9_000_000_000_000_000L);
        return new EcsmockServer(url.replaceFirst("/$", ""), first(null), account, null);
    }

    /** Returns the parts of the first access key. */
    private static String[] first(Object credentials) {
        String keys = credentials == null ? System.getenv().getOrDefault("ECSMOCK_CREDENTIALS", "testid:testsecret") : text(credentials);
        return keys.split(",")[0].split(":");
    }

    private static Program seeded(Map<String, Object> settings, String seed) {
        try {
            Path file = Files.writeString(Files.createTempFile("ecsmock-", ".json"), seed);
            try {
                settings.put("seed", file.toString());
                return run(settings);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Program run(Map<String, Object> settings) {
        List<String> flags = settings.entrySet().stream().map(one -> "-" + one.getKey() + "=" + text(one.getValue())).toList();
        return new Program(flags, !settings.get("log").equals("off"));
    }

    private static String text(Object value) {
        return value instanceof List<?> list ? list.stream().map(String::valueOf).collect(Collectors.joining(",")) : String.valueOf(value);
    }

    /**
     * Returns the mock as a new account sees it. Its access key is that of the account, and state, calls, faults and assertions are about that
     * account alone. Accounts never see each other's groups, so that parallel tests can share a mock. The clock is that of all. Closing it
     * removes what the account has.
     */
    public Ecsmock newAccount() {
        String account = Long.toString(accounts.getAndIncrement());
        return new Ecsmock(url(), account, accessKeySecret(), account, true);
    }

    /** Says which faults never acted, and stops the mock, unless it was running before. */
    @Override public synchronized void close() {
        if (program == null) return;
        reportFaults();
        program.stop();
        program = null;
    }
}
