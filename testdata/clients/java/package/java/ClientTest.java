import static org.junit.jupiter.api.Assertions.*;

import io.github.ecsmock.*;
import io.github.ecsmock.junit.WithEcsmock;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client, and how a mock is started. */
@WithEcsmock
class ClientTest {
    static final HttpClient HTTP = HttpClient.newHttpClient();
    static final Permission SSH = Permission.parse("{\"IpProtocol\": \"tcp\", \"PortRange\": \"22/22\", \"SourceCidrIp\": \"10.0.0.0/8\"}");
    static final State WEB = State.parse("""
        {"SecurityGroups": [{"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-web", "VpcId": "vpc-1", "Permissions": [
          {"IpProtocol": "tcp", "PortRange": "22/22", "SourceCidrIp": "10.0.0.0/8"}]}]}""");

    static int call(Ecsmock mock, String query) throws Exception {
        URI call = URI.create(mock.url() + "/?RegionId=cn-hangzhou&AccessKeyId=" + mock.accessKeyId() + "&Action=" + query);
        return HTTP.send(HttpRequest.newBuilder(call).build(), BodyHandlers.ofString()).statusCode();
    }

    static final String REVOKE = "RevokeSecurityGroup&SecurityGroupId=sg-web&IpProtocol=tcp&PortRange=22/22&SourceCidrIp=10.0.0.0/8";

    static void assertSays(String text, Runnable failing) {
        Throwable thrown = assertThrows(Throwable.class, failing::run);
        assertTrue(thrown.getMessage().contains(text), thrown::toString);
    }

    @Test void valuesAreJson() {
        assertEquals(WEB, new State().setSecurityGroups(new SecurityGroup().setRegionId("cn-hangzhou").setSecurityGroupId("sg-web").setVpcId("vpc-1").setPermissions(SSH)));
        assertNotEquals(WEB, new State());
        Tag odd = new Tag().setTagKey("a\"\\\n\t\u0001ü\uD83D\uDE00/");
        assertEquals(odd, Tag.parse(odd.toString()));
        assertEquals("{\"TagKey\": \"a\\\"\\\\\\n\\u0009\\u0001ü\\ud83d\\ude00/\"}", odd.toString());
        Fault fault = Fault.parse(" {\"Chance\" : 1, \"Drop\":true,\"Answer\": [-1.5e3, null, {}, []] , \"Times\": 3}\n");
        assertEquals(List.of(1.0, true, 3), List.of(fault.getChance(), fault.getDrop(), fault.getTimes()));
        assertEquals("{\"Chance\": 1, \"Drop\": true, \"Answer\": [-1500.0, null, {}, []], \"Times\": 3}", fault.toString());
        assertNull(fault.getCode());
        assertEquals(List.of(), new State().getVpcs());
        for (String wrong : List.of("", "{", "[]", "{\"A\" 1}", "{\"A\": tru}", "{\"A\": \"\\x\"}", "{\"A\": \"\\u12\"}", "{} {}", "{\"A\": 1,}", "{\"A\": \"")) {
            assertThrows(IllegalArgumentException.class, () -> Tag.parse(wrong), wrong);
        }
    }

    @Test void theStateIsReadAndReplaced(Ecsmock mock) {
        assertEquals(List.of(), mock.state().getSecurityGroups());
        mock.load(WEB);
        mock.add(new State().setSecurityGroups(new SecurityGroup().setRegionId("cn-hangzhou").setSecurityGroupId("sg-db")));
        assertEquals(2, mock.state().getSecurityGroups().size());
        assertEquals(mock.accountId(), mock.state().getSecurityGroups().get(0).getAccountId());
        mock.reset();
        assertEquals(List.of(), mock.state().getSecurityGroups());
        mock.seed(WEB);
        mock.load(new State());
        mock.reset();
        assertEquals("22/22", mock.state().getSecurityGroups().get(0).getPermissions().get(0).getPortRange());
    }

    @Test void whatIsWrongIsSaid(Ecsmock mock) {
        assertSays("SecurityGroups[0].Vpc: there is no such field", () -> mock.load(State.parse(
            "{\"SecurityGroups\": [{\"RegionId\": \"cn-hangzhou\", \"SecurityGroupId\": \"sg-1\", \"Vpc\": \"vpc-1\"}]}")));
        assertSays("RevokeSecurityGroop", () -> mock.fail("RevokeSecurityGroop", "Throttling.User", 1));
        assertSays("serve has no flag -editon; did you mean -edition?", () -> EcsmockServer.start(new Settings().setFlag("editon", "2025")));
        assertSays("a parameter is Name=value, got \"Priority\"", () -> {
            mock.calls("*");
            mock.request("GET", "journal", "");
            try {
                call(mock, "DescribeRegions");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            mock.assertWasCalled("DescribeRegions", "Priority");
        });
    }

    @Test void aMockIsComparedWithItsService() throws Exception {
        try (EcsmockServer service = EcsmockServer.start(new Settings().setEdition(2020).setSeed(WEB));
            EcsmockServer mock = EcsmockServer.start(new Settings().setEdition(2019).setSeed(WEB).setShadow(service.url()))) {
            assertEquals(200, call(mock, REVOKE));
            mock.assertAgreesWithService();
            assertEquals(200, call(mock, REVOKE));
            assertSays("differs from " + service.endpoint(), mock::assertAgreesWithService);
            assertSays("status: the service has \"200\", the mock \"403 InvalidGroupAuthItem.NotFound\" (call 2)", mock::assertAgreesWithService);
            Difference found = mock.differences().getDifferences().get(0);
            assertEquals(List.of("RevokeSecurityGroup", "status", 1), List.of(found.getAction(), found.getKind(), found.getCount()));
            mock.clearDifferences();
            mock.assertAgreesWithService();
            assertSays("start it with -shadow", service::differences);
        }
    }

    @Test void rulesAreComparedAsARevokeComparesThem(Ecsmock mock) throws Exception {
        mock.load(WEB);
        mock.assertHasRule("sg-web", Permission.parse(SSH.toString()).setIpProtocol("TCP").setPolicy("accept"));
        assertTrue(mock.hasRule("cn-hangzhou/sg-web", SSH));
        assertSays("; nearest is sgr-", () -> mock.assertHasRule("sg-web", Permission.parse(SSH.toString()).setPriority(3)));
        assertSays("Priority is 1, asked 3\nthere were no calls", () -> mock.assertHasRule("sg-web", Permission.parse(SSH.toString()).setPriority(3)));
        assertSays("sg-web has the rule {\"SecurityGroupRuleId\": \"sgr-", () -> mock.assertLacksRule("sg-web", SSH));
        assertEquals(200, call(mock, REVOKE));
        mock.assertLacksRule("sg-web", SSH);
        assertSays("until call ", () -> mock.assertHasRule("sg-web", SSH));
        Change change = mock.calls("RevokeSecurityGroup").get(0).getChanges().get(0);
        assertEquals(List.of("rule", "sg-web"), List.of(change.getKind(), change.getSecurityGroupId()));
        assertEquals("22/22", ((Map<?, ?>) change.getWas()).get("PortRange"));
        assertNull(change.getIs());
    }

    @Test void whoReachesWhom(Ecsmock mock) {
        mock.load(WEB);
        mock.assertReaches("10.1.2.3", "sg-web", "tcp/22");
        mock.assertCannotReach("192.0.2.1", "sg-web", "tcp/22");
        assertSays("tcp/22 from anyone to sg-web: ", () -> mock.assertReaches("anyone", "sg-web", "tcp/22"));
        assertThrows(AssertionError.class, () -> mock.assertCannotReach("anyone", "sg-web", "tcp/22"), "a part of it does");
        assertTrue(mock.reach("sg-web", "192.0.2.1", "icmp", "egress").getReaches());
        assertEquals("sg-web", mock.reach("10.1.2.3", "sg-web", "tcp/22", "").getRules().get(0).getSecurityGroupId());
    }

    @Test void callsAreSelectedAndPrinted(Ecsmock mock) throws Exception {
        call(mock, "RevokeSecurityGroup&Permissions.10.PortRange=10/10&Permissions.2.PortRange=2/2&SecurityGroupId=sg-1");
        call(mock, "DescribeRegions&A=" + "a".repeat(500) + "&B=b");
        assertEquals(List.of("RevokeSecurityGroup", "DescribeRegions"), mock.calls("*").stream().map(Call::getAction).toList());
        assertEquals(1, mock.calls("DescribeRegions").size());
        assertTrue(mock.lastCalls().contains("RevokeSecurityGroup SecurityGroupId=sg-1 Permissions.2.PortRange=2/2 Permissions.10.PortRange=10/10 by "), mock::lastCalls);
        assertFalse(mock.lastCalls().contains("B=b"));
        mock.assertWasCalled("RevokeSecurityGroup", "SecurityGroupId=sg-1");
        mock.assertWasNotCalled("AuthorizeSecurityGroup");
        assertSays("RevokeSecurityGroup was not called with SecurityGroupId=sg-2, Priority=3; nearest is call ",
            () -> mock.assertWasCalled("RevokeSecurityGroup", "SecurityGroupId=sg-2", "Priority=3"));
        assertSays("SecurityGroupId was \"sg-1\", asked \"sg-2\", Priority was not sent\nthe last calls:",
            () -> mock.assertWasCalled("RevokeSecurityGroup", "SecurityGroupId=sg-2", "Priority=3"));
        assertSays("DescribeRegions was called: call ", () -> mock.assertWasNotCalled("DescribeRegions"));
        mock.clearCalls();
        assertEquals("there were no calls", mock.lastCalls());
    }

    @Test void faultsAreOfTheAccount(EcsmockServer mock) throws Exception {
        Ecsmock one = mock.newAccount();
        Ecsmock other = mock.newAccount();
        long id = one.fail("DescribeRegions", "Throttling.User", 0);
        one.delay("DescribeZones", Duration.ofNanos(1));
        assertEquals(List.of(2, 0), List.of(one.faults().size(), other.faults().size()));
        assertEquals(1, one.faults().get(1).getDelayMs());
        assertEquals(List.of(400, 200), List.of(call(one, "DescribeRegions"), call(other, "DescribeRegions")));
        one.removeFault(id);
        one.clearFaults();
        one.answer("DescribeRegions", Map.of("Regions", Map.of("Region", List.of())));
        assertEquals(200, call(one, "DescribeRegions"));
        assertEquals(List.of(2, 1, 3), List.of(one.calls("*").size(), other.calls("*").size(), mock.calls("*").size()));
    }

    @Test void theClockIsSetRight(EcsmockServer mock) {
        Instant noon = Instant.parse("2030-01-02T12:00:00Z");
        try (Ecsmock mine = mock.newAccount()) {
            mine.freeze(noon);
            mine.advance(Duration.ofMillis(1500));
            assertEquals(noon.plusMillis(1500), mine.now());
        }
        assertTrue(Duration.between(mock.now(), Instant.now()).abs().compareTo(Duration.ofHours(1)) < 0);
    }

    @Test void startAndClose() throws Exception {
        EcsmockServer mock = EcsmockServer.start(new Settings().setEdition(2025).setCredentials("me:mysecret:7", "you:yours").setSeed(WEB).setRandomSeed(1));
        try (mock) {
            assertEquals(List.of("me", "mysecret", "7"), List.of(mock.accessKeyId(), mock.accessKeySecret(), mock.accountId()));
            Health health = mock.health();
            assertEquals(List.of(2025, 1), List.of(health.getEdition(), health.getSecurityGroups()));
            assertTrue(mock.caPem().contains("BEGIN CERTIFICATE"));
        }
        assertSays("does not answer", mock::health);
        mock.close();
    }

    @Test void aMockThatRunsIsUsed(EcsmockServer mock) throws Exception {
        List<String> printed = java(Map.of("ECSMOCK_URL", mock.url() + "/"), "accounts");
        assertEquals(mock.url(), printed.get(0));
        assertNotEquals(printed.get(1), printed.get(2), "others count, too");
        EcsmockServer.connect(mock.url()).close();
        assertEquals("ok", mock.health().getStatus());
    }

    @Test void theMockEndsWithAJavaThatIsKilled() throws Exception {
        Process java = process(Map.of(), "wait").start();
        String url = java.inputReader().readLine();
        HTTP.send(HttpRequest.newBuilder(URI.create(url + "/_mock/health")).build(), BodyHandlers.ofString());
        java.destroyForcibly().waitFor();
        assertThrows(IOException.class, () -> {
            while (true) HTTP.send(HttpRequest.newBuilder(URI.create(url + "/_mock/health")).build(), BodyHandlers.ofString()); // until it has ended
        });
    }

    @Test void theProgramIsFound(@TempDir Path empty) throws Exception {
        assertTrue(java(Map.of("ECSMOCK_PROGRAM", "/nowhere"), "wait").get(0).contains("/nowhere cannot be run: "));
        Map<String, String> elsewhere = Map.of("JDK_JAVA_OPTIONS", "-Dos.arch=none", "PATH", empty.toString());
        assertTrue(java(elsewhere, "wait").get(0).contains("-none; put ecsmock on the PATH, or name it in ECSMOCK_PROGRAM"));
    }

    /** Runs {@link Main} in a process of its own, and returns what it prints. */
    private static List<String> java(Map<String, String> environment, String what) throws Exception {
        Process java = process(environment, what).start();
        try (BufferedReader out = java.inputReader()) {
            return out.lines().toList();
        }
    }

    private static ProcessBuilder process(Map<String, String> environment, String what) {
        ProcessBuilder java = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
            "-cp", System.getProperty("java.class.path"), Main.class.getName(), what);
        java.environment().putAll(environment);
        java.redirectError(ProcessBuilder.Redirect.DISCARD);
        return java;
    }

    /** A program that starts mocks. */
    static final class Main {
        public static void main(String[] args) throws Exception {
            try {
                EcsmockServer mock = EcsmockServer.start();
                System.out.println(mock.url());
                if (args[0].equals("wait")) Thread.sleep(Long.MAX_VALUE);
                System.out.println(mock.newAccount().accountId());
                System.out.println(EcsmockServer.start().newAccount().accountId());
                mock.close();
            } catch (EcsmockException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
