import static org.junit.jupiter.api.Assertions.*;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.ecsmock.*;
import io.github.ecsmock.junit.WithEcsmock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The extension, by classes of tests that a launcher of JUnit runs: surefire does not see them, for their names. */
@Isolated // they print
@Execution(ExecutionMode.SAME_THREAD)
class ExtensionTest {
    record Run(TestExecutionSummary summary, String printed) {}

    static Run run(Class<?> tests) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        PrintStream before = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            LauncherFactory.create().execute(LauncherDiscoveryRequestBuilder.request().selectors(selectClass(tests)).build(), listener);
        } finally {
            System.setErr(before);
        }
        return new Run(listener.getSummary(), printed.toString(StandardCharsets.UTF_8));
    }

    @WithEcsmock
    static class Sharing {
        static final CyclicBarrier four = new CyclicBarrier(4); // passed by four tests at once
        static final Set<String> mocks = ConcurrentHashMap.newKeySet();

        @BeforeEach void load(Ecsmock mock) {
            assertEquals(List.of(), mock.state().getSecurityGroups());
            mock.load(ClientTest.WEB);
        }

        @Test void one(Ecsmock mock) throws Exception { test(mock); }
        @Test void two(Ecsmock mock) throws Exception { test(mock); }
        @Test void three(Ecsmock mock) throws Exception { test(mock); }
        @Test void four(Ecsmock mock) throws Exception { test(mock); }

        void test(Ecsmock mock) throws Exception {
            four.await(1, TimeUnit.MINUTES);
            assertEquals(200, ClientTest.call(mock, ClientTest.REVOKE));
            mock.assertLacksRule("sg-web", ClientTest.SSH);
            assertEquals(1, mock.calls("*").size());
            mocks.add(mock.url());
        }
    }

    @Test void fourThreadsShareAMockAndNothingElse() {
        Run run = run(Sharing.class);
        assertEquals(4, run.summary().getTestsSucceededCount(), () -> run.summary().getFailures().toString());
        assertEquals(1, Sharing.mocks.size());
    }

    @WithEcsmock
    static class Failing {
        @Test void fails(Ecsmock mock) throws Exception {
            mock.load(ClientTest.WEB);
            ClientTest.call(mock, ClientTest.REVOKE + "&Priority=3");
            mock.fail("DescribeRegions", "Throttling.User", 1);
            mock.assertLacksRule("sg-web", ClientTest.SSH);
        }

        @Test void passes(Ecsmock mock) throws Exception { ClientTest.call(mock, "DescribeZones"); }
    }

    @Test void aFailurePrintsTheCalls() {
        Run run = run(Failing.class);
        assertEquals(List.of(1L, 1L), List.of(run.summary().getTestsFailedCount(), run.summary().getTestsSucceededCount()));
        String call = "call \\d+: RevokeSecurityGroup SecurityGroupId=sg-web .* Priority=3 .*: 403 InvalidGroupAuthItem.NotFound; nearest is sgr-\\w+: Priority is 1, asked 3";
        assertTrue(run.printed().matches("(?s).*ecsmock: Failing.fails\\(Ecsmock\\): the last calls:\n  " + call + "\n.*"), run.printed());
        assertTrue(run.printed().contains("\"Code\": \"Throttling.User\"} never acted; it matched 0 calls"), run.printed());
        assertFalse(run.printed().contains("passes"), run.printed());
        String why = run.summary().getFailures().get(0).getException().getMessage();
        assertTrue(why.startsWith("sg-web has the rule {"), why);
    }

    @WithEcsmock(edition = "2020", strict = true, seed = "demo", flags = {"-vpcs=known", "random-seed=1"})
    static class Settled {
        @Test void ofTheClass(Ecsmock mock) {
            assertEquals(List.of(2020, true), List.of(mock.health().getEdition(), mock.health().getStrict()));
            assertEquals(mock.demo().getSecurityGroups().size(), mock.state().getSecurityGroups().size());
        }

        @WithEcsmock(edition = "2025")
        @Test void ofTheMethod(EcsmockServer mock, Ecsmock account) {
            assertEquals(List.of(2025, false), List.of(mock.health().getEdition(), mock.health().getStrict()));
            assertEquals(2025, account.health().getEdition());
            assertNotEquals(mock.url(), account.url());
        }

        @WithEcsmock(seed = "demo")
        @Test void ofAMockOfItsOwn(EcsmockServer mock) {
            assertFalse(mock.state().getSecurityGroups().isEmpty());
        }

        @WithEcsmock(flags = "editon=2025")
        @Test void wrong(Ecsmock mock) {}
    }

    @Test void settings() {
        Run run = run(Settled.class);
        assertEquals(3, run.summary().getTestsSucceededCount(), () -> run.summary().getFailures().toString());
        String why = run.summary().getFailures().get(0).getException().toString();
        assertTrue(why.contains("did you mean -edition?"), why);
    }
}
