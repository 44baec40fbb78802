package ecsmock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyun.ecs20140526.Client;
import com.aliyun.ecs20140526.models.*;
import com.aliyun.ecs20140526.models.AuthorizeSecurityGroupEgressRequest.AuthorizeSecurityGroupEgressRequestPermissions;
import com.aliyun.ecs20140526.models.AuthorizeSecurityGroupRequest.AuthorizeSecurityGroupRequestPermissions;
import com.aliyun.ecs20140526.models.DescribeSecurityGroupAttributeResponseBody.DescribeSecurityGroupAttributeResponseBodyPermissionsPermission;
import com.aliyun.ecs20140526.models.RevokeSecurityGroupEgressRequest.RevokeSecurityGroupEgressRequestPermissions;
import com.aliyun.ecs20140526.models.RevokeSecurityGroupRequest.RevokeSecurityGroupRequestPermissions;
import com.aliyun.tea.TeaException;
import com.aliyun.tea.TeaModel;
import com.aliyun.teautil.models.RuntimeOptions;
import io.github.ecsmock.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** com.aliyun:ecs20140526: what it sends is understood, and what it is answered it understands. */
class Ecs20140526Test {
    @RegisterExtension static final Mock mock = new Mock(new Settings().setEdition(Row.EDITION));
    @RegisterExtension static final Accounts accounts = new Accounts(mock, Matrix.Client.V2);

    /** Tries again when a connection breaks, and only then: what the service refuses is for the caller. */
    static final RuntimeOptions THRICE = new RuntimeOptions().setAutoretry(true).setMaxAttempts(3);

    Client client;

    @BeforeEach void connect(Account account) throws Exception {
        client = Ecs20140526ConnectionTest.connect(mock.endpoint(), account.id(), "testsecret");
    }

    /** Revokes what lets ssh in from 10.0.0.0/8. */
    static RevokeSecurityGroupRequest ssh(String group) {
        return revoke(group).setIpProtocol("tcp").setPortRange("22/22").setSourceCidrIp("10.0.0.0/8");
    }

    static RevokeSecurityGroupRequest revoke(String group) {
        return new RevokeSecurityGroupRequest().setRegionId("cn-hangzhou").setSecurityGroupId(group);
    }

    static RevokeSecurityGroupEgressRequest revokeEgress(String group) {
        return new RevokeSecurityGroupEgressRequest().setRegionId("cn-hangzhou").setSecurityGroupId(group);
    }

    static AuthorizeSecurityGroupRequest authorize(String group) {
        return new AuthorizeSecurityGroupRequest().setRegionId("cn-hangzhou").setSecurityGroupId(group);
    }

    static AuthorizeSecurityGroupEgressRequest authorizeEgress(String group) {
        return new AuthorizeSecurityGroupEgressRequest().setRegionId("cn-hangzhou").setSecurityGroupId(group);
    }

    String newGroup() throws Exception {
        return client.createSecurityGroup(new CreateSecurityGroupRequest()
            .setRegionId("cn-hangzhou").setVpcId("vpc-1").setSecurityGroupName("web")).getBody().getSecurityGroupId();
    }

    List<DescribeSecurityGroupAttributeResponseBodyPermissionsPermission> rules(String group) throws Exception {
        return client.describeSecurityGroupAttribute(new DescribeSecurityGroupAttributeRequest()
            .setRegionId("cn-hangzhou").setSecurityGroupId(group)).getBody().getPermissions().getPermission();
    }

    List<String> ids(String group) throws Exception {
        return rules(group).stream().map(rule -> rule.getSecurityGroupRuleId()).toList();
    }

    @Test void aRuleComesAndGoes() throws Exception {
        String group = newGroup();
        assertTrue(group.matches("sg-\\w{20}"), group);
        client.authorizeSecurityGroup(authorize(group).setIpProtocol("tcp").setPortRange("22/22")
            .setSourceCidrIp("10.0.0.0/8").setDescription("ssh from inside"));
        var rule = rules(group).get(0);
        assertEquals(List.of("ingress", "TCP", "22/22", "10.0.0.0/8", "Accept", "1", "intranet", "ssh from inside"),
            List.of(rule.getDirection(), rule.getIpProtocol(), rule.getPortRange(), rule.getSourceCidrIp(),
                rule.getPolicy(), rule.getPriority(), rule.getNicType(), rule.getDescription()));
        assertEquals(200, client.revokeSecurityGroup(ssh(group)).getStatusCode());
        assertEquals(List.of(), rules(group));
    }

    static AuthorizeSecurityGroupRequestPermissions udp(int port) {
        return new AuthorizeSecurityGroupRequestPermissions().setIpProtocol("udp").setPortRange(port + "/" + port);
    }

    @Test void rulesComeAndGoByTheList(Account account) throws Exception {
        account.seedPrefixList();
        String group = newGroup();
        String peer = newGroup();
        client.authorizeSecurityGroup(authorize(group).setPermissions(List.of(
            udp(1).setSourceCidrIp("10.0.0.0/8"), udp(2).setIpv6SourceCidrIp("2001:db8::/32"),
            udp(3).setSourceGroupId(peer), udp(4).setSourcePrefixListId("pl-office"))));

        var rules = rules(group);
        assertEquals(Set.of("10.0.0.0/8", "2001:db8::/32", peer, "pl-office"),
            new TreeSet<>(rules.stream().map(rule -> rule.getSourceCidrIp() + rule.getIpv6SourceCidrIp()
                + rule.getSourceGroupId() + rule.getSourcePrefixListId()).toList()));

        client.revokeSecurityGroup(revoke(group).setPermissions(
            rules.stream().filter(rule -> rule.getSourceGroupId().isEmpty()).map(Ecs20140526Test::asDescribed).toList()));
        assertEquals(List.of("3/3"), rules(group).stream().map(rule -> rule.getPortRange()).toList());

        client.revokeSecurityGroup(revoke(group).setSecurityGroupRuleId(ids(group)));
        assertEquals(List.of(), rules(group));
    }

    /** Everything that was said of a rule is said again, blanks too. */
    static RevokeSecurityGroupRequestPermissions asDescribed(DescribeSecurityGroupAttributeResponseBodyPermissionsPermission rule) {
        return new RevokeSecurityGroupRequestPermissions().setIpProtocol(rule.getIpProtocol()).setPortRange(rule.getPortRange())
            .setSourceCidrIp(rule.getSourceCidrIp()).setIpv6SourceCidrIp(rule.getIpv6SourceCidrIp())
            .setSourcePrefixListId(rule.getSourcePrefixListId()).setPolicy(rule.getPolicy()).setPriority(rule.getPriority())
            .setNicType(rule.getNicType()).setDescription(rule.getDescription());
    }

    static AuthorizeSecurityGroupEgressRequestPermissions all(String block) {
        return new AuthorizeSecurityGroupEgressRequestPermissions().setIpProtocol("all").setPortRange("-1/-1").setDestCidrIp(block);
    }

    @Test void egressRulesComeAndGo() throws Exception {
        String group = newGroup();
        client.authorizeSecurityGroupEgress(authorizeEgress(group).setPermissions(List.of(all("10.1.0.0/16"), all("10.2.0.0/16"))));
        client.authorizeSecurityGroupEgress(authorizeEgress(group).setIpProtocol("tcp").setPortRange("25/25")
            .setDestCidrIp("0.0.0.0/0").setPolicy("drop"));
        assertEquals(List.of("egress", "egress", "egress"), rules(group).stream().map(rule -> rule.getDirection()).toList());

        client.revokeSecurityGroupEgress(revokeEgress(group).setIpProtocol("tcp").setPortRange("25/25")
            .setDestCidrIp("0.0.0.0/0").setPolicy("drop"));
        client.revokeSecurityGroupEgress(revokeEgress(group).setPermissions(List.of(
            new RevokeSecurityGroupEgressRequestPermissions().setIpProtocol("all").setPortRange("-1/-1").setDestCidrIp("10.1.0.0/16"))));
        assertEquals("10.2.0.0/16", rules(group).get(0).getDestCidrIp());
        client.revokeSecurityGroupEgress(revokeEgress(group).setSecurityGroupRuleId(ids(group)));
        assertEquals(List.of(), rules(group));
    }

    @Test void groupsComeInPages() throws Exception {
        Set<String> groups = new TreeSet<>();
        for (int i = 0; i < 5; i++) groups.add(newGroup());

        Set<String> numbered = new TreeSet<>();
        for (int page = 1; page <= 3; page++) {
            var answer = client.describeSecurityGroups(new DescribeSecurityGroupsRequest().setRegionId("cn-hangzhou")
                .setPageNumber(page).setPageSize(2)).getBody();
            assertEquals(List.of(5, page, 2), List.of(answer.getTotalCount(), answer.getPageNumber(), answer.getPageSize()));
            assertEquals(page == 3 ? 1 : 2, answer.getSecurityGroups().getSecurityGroup().size());
            answer.getSecurityGroups().getSecurityGroup().forEach(group -> numbered.add(group.getSecurityGroupId()));
        }
        assertEquals(groups, numbered);

        Set<String> followed = new TreeSet<>();
        var describe = new DescribeSecurityGroupsRequest().setRegionId("cn-hangzhou").setMaxResults(2);
        do {
            var answer = client.describeSecurityGroups(describe).getBody();
            answer.getSecurityGroups().getSecurityGroup().forEach(group -> followed.add(group.getSecurityGroupId()));
            describe.setNextToken(answer.getNextToken());
        } while (!describe.getNextToken().isEmpty());
        assertEquals(groups, followed);
    }

    @Test void rulesComeInPages() throws Exception {
        String group = newGroup();
        client.authorizeSecurityGroup(authorize(group).setPermissions(
            IntStream.rangeClosed(1, 12).mapToObj(port -> udp(port).setSourceCidrIp("10.0.0.0/8")).toList()));

        Set<String> ports = new TreeSet<>();
        var describe = new DescribeSecurityGroupAttributeRequest().setRegionId("cn-hangzhou").setSecurityGroupId(group).setMaxResults(10);
        for (int left : List.of(10, 2)) {
            var answer = client.describeSecurityGroupAttribute(describe).getBody();
            assertEquals(left, answer.getPermissions().getPermission().size());
            answer.getPermissions().getPermission().forEach(rule -> ports.add(rule.getPortRange()));
            describe.setNextToken(answer.getNextToken());
        }
        assertEquals("", describe.getNextToken());
        assertEquals(12, ports.size());
    }

    /** Answers with the RequestId. */
    String refused(RevokeSecurityGroupRequest request, int status, String code, String message) {
        TeaException e = assertThrows(TeaException.class, () -> client.revokeSecurityGroup(request));
        assertEquals(code, e.getCode());
        assertEquals(status, e.getStatusCode());
        String requestId = (String) e.getData().get("RequestId");
        assertEquals("code: %d, %s request id: %s".formatted(status, message, requestId), e.getMessage());
        return requestId;
    }

    String refused(RevokeSecurityGroupRequest request, Row row) {
        return refused(request, row.status(), row.code(), row.message());
    }

    @ParameterizedTest @MethodSource("ecsmock.Row#all")
    void everyRowIsTheSdksError(Row row, Account account) throws Exception {
        account.seedWeb();
        RevokeSecurityGroupRequest revoke = TeaModel.build(row.parameters(), new RevokeSecurityGroupRequest());
        String requestId = refused(revoke, row);
        assertEquals(account.calls("RevokeSecurityGroup").get(0).requestId(), requestId);
        assertEquals(1, rules("sg-web").size());
    }

    @Test void aClientTokenIsAnsweredOnceADay(Account account) throws Exception {
        account.seedWeb();
        var first = client.revokeSecurityGroup(ssh("sg-web").setClientToken("revoke"));
        var again = client.revokeSecurityGroup(ssh("sg-web").setClientToken("revoke"));
        assertNotEquals(first.getBody().getRequestId(), again.getBody().getRequestId());
        refused(ssh("sg-web").setClientToken("revoke").setPortRange("23/23"), 400,
            "IdempotentParameterMismatch", "The request is retried with updated parameters.");

        mock.advance(Duration.ofHours(25));
        refused(ssh("sg-web").setClientToken("revoke"), Row.miss());
    }

    @Test void aWrongPriorityIsExplained(Account account) throws Exception {
        account.seedWeb();
        refused(ssh("sg-web").setPriority("3"), Row.miss());
        String hint = account.calls("RevokeSecurityGroup").get(0).hint();
        assertTrue(hint.endsWith(": Priority is 1, asked 3"), hint);
    }

    @Test void triesAgainWhenTheConnectionBreaks(Account account) throws Exception {
        account.seedWeb();
        account.drop(2);
        client.revokeSecurityGroupWithOptions(ssh("sg-web"), THRICE);
        assertEquals(3, account.calls("RevokeSecurityGroup").size());
    }

    @Test void doesNotTryAgainWhenThrottled(Account account) throws Exception {
        account.seedWeb();
        account.throttle(2);
        TeaException e = assertThrows(TeaException.class, () -> client.revokeSecurityGroupWithOptions(ssh("sg-web"), THRICE));
        assertEquals("Throttling.User", e.getCode());
        assertEquals(400, e.getStatusCode());
        assertEquals(1, account.calls("RevokeSecurityGroup").size());
    }
}
