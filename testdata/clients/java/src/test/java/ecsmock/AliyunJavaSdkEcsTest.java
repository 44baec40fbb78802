package ecsmock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.ecs.model.v20140526.*;
import com.aliyuncs.exceptions.ClientException;
import io.github.ecsmock.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** com.aliyun:aliyun-java-sdk-ecs: what it sends is understood, and what it is answered it understands. */
class AliyunJavaSdkEcsTest {
    @RegisterExtension static final Mock mock = new Mock(new Settings().setEdition(Row.EDITION));
    @RegisterExtension static final Accounts accounts = new Accounts(mock, Matrix.Client.V1);

    DefaultAcsClient client;

    @BeforeEach void connect(Account account) {
        client = AliyunJavaSdkEcsConnectionTest.connect(mock.endpoint(), account.id(), "testsecret");
    }

    /** Revokes what lets ssh in from 10.0.0.0/8. */
    static RevokeSecurityGroupRequest ssh(String group) {
        RevokeSecurityGroupRequest revoke = new RevokeSecurityGroupRequest();
        revoke.setSecurityGroupId(group);
        revoke.setIpProtocol("tcp");
        revoke.setPortRange("22/22");
        revoke.setSourceCidrIp("10.0.0.0/8");
        return revoke;
    }

    String newGroup() throws ClientException {
        CreateSecurityGroupRequest create = new CreateSecurityGroupRequest();
        create.setVpcId("vpc-1");
        create.setSecurityGroupName("web");
        return client.getAcsResponse(create).getSecurityGroupId();
    }

    AuthorizeSecurityGroupRequest allowSSH(String group) {
        AuthorizeSecurityGroupRequest authorize = new AuthorizeSecurityGroupRequest();
        authorize.setSecurityGroupId(group);
        authorize.setIpProtocol("tcp");
        authorize.setPortRange("22/22");
        authorize.setSourceCidrIp("10.0.0.0/8");
        authorize.setDescription("ssh from inside");
        return authorize;
    }

    List<DescribeSecurityGroupAttributeResponse.Permission> rules(String group) throws ClientException {
        DescribeSecurityGroupAttributeRequest describe = new DescribeSecurityGroupAttributeRequest();
        describe.setSecurityGroupId(group);
        return client.getAcsResponse(describe).getPermissions();
    }

    @Test void aRuleComesAndGoes() throws Exception {
        String group = newGroup();
        assertTrue(group.matches("sg-\\w{20}"), group);
        client.getAcsResponse(allowSSH(group));
        var rule = rules(group).get(0);
        assertEquals(List.of("ingress", "TCP", "22/22", "10.0.0.0/8", "Accept", "1", "intranet", "ssh from inside"),
            List.of(rule.getDirection(), rule.getIpProtocol(), rule.getPortRange(), rule.getSourceCidrIp(),
                rule.getPolicy(), rule.getPriority(), rule.getNicType(), rule.getDescription()));
        client.getAcsResponse(ssh(group));
        assertEquals(List.of(), rules(group));
    }

    /** As many rules, for the ports from 1, yet without a source. */
    static List<AuthorizeSecurityGroupRequest.Permissions> udp(int ports) {
        List<AuthorizeSecurityGroupRequest.Permissions> rules = new ArrayList<>();
        for (int port = 1; port <= ports; port++) {
            var rule = new AuthorizeSecurityGroupRequest.Permissions();
            rule.setIpProtocol("udp");
            rule.setPortRange(port + "/" + port);
            rules.add(rule);
        }
        return rules;
    }

    static AuthorizeSecurityGroupRequest authorize(String group, List<AuthorizeSecurityGroupRequest.Permissions> rules) {
        AuthorizeSecurityGroupRequest authorize = new AuthorizeSecurityGroupRequest();
        authorize.setSecurityGroupId(group);
        authorize.setPermissions(rules);
        return authorize;
    }

    @Test void rulesComeAndGoByTheList(Account account) throws Exception {
        account.seedPrefixList();
        String group = newGroup();
        String peer = newGroup();
        var fromEverywhere = udp(4);
        fromEverywhere.get(0).setSourceCidrIp("10.0.0.0/8");
        fromEverywhere.get(1).setIpv6SourceCidrIp("2001:db8::/32");
        fromEverywhere.get(2).setSourceGroupId(peer);
        fromEverywhere.get(3).setSourcePrefixListId("pl-office");
        client.getAcsResponse(authorize(group, fromEverywhere));

        var rules = rules(group);
        assertEquals(Set.of("10.0.0.0/8", "2001:db8::/32", peer, "pl-office"),
            new TreeSet<>(rules.stream().map(rule -> rule.getSourceCidrIp() + rule.getIpv6SourceCidrIp()
                + rule.getSourceGroupId() + rule.getSourcePrefixListId()).toList()));

        RevokeSecurityGroupRequest byRule = new RevokeSecurityGroupRequest();
        byRule.setSecurityGroupId(group);
        byRule.setPermissions(rules.stream().filter(rule -> rule.getSourceGroupId().isEmpty()).map(this::asDescribed).toList());
        client.getAcsResponse(byRule);
        assertEquals(List.of("3/3"), rules(group).stream().map(rule -> rule.getPortRange()).toList());

        RevokeSecurityGroupRequest byId = new RevokeSecurityGroupRequest();
        byId.setSecurityGroupId(group);
        byId.setSecurityGroupRuleIds(rules(group).stream().map(rule -> rule.getSecurityGroupRuleId()).toList());
        client.getAcsResponse(byId);
        assertEquals(List.of(), rules(group));
    }

    /** Everything that was said of a rule is said again, blanks too. */
    RevokeSecurityGroupRequest.Permissions asDescribed(DescribeSecurityGroupAttributeResponse.Permission rule) {
        var same = new RevokeSecurityGroupRequest.Permissions();
        same.setIpProtocol(rule.getIpProtocol());
        same.setPortRange(rule.getPortRange());
        same.setSourceCidrIp(rule.getSourceCidrIp());
        same.setIpv6SourceCidrIp(rule.getIpv6SourceCidrIp());
        same.setSourcePrefixListId(rule.getSourcePrefixListId());
        same.setPolicy(rule.getPolicy());
        same.setPriority(rule.getPriority());
        same.setNicType(rule.getNicType());
        same.setDescription(rule.getDescription());
        return same;
    }

    @Test void egressRulesComeAndGo() throws Exception {
        String group = newGroup();
        List<AuthorizeSecurityGroupEgressRequest.Permissions> permissions = new ArrayList<>();
        for (String block : List.of("10.1.0.0/16", "10.2.0.0/16")) {
            var permission = new AuthorizeSecurityGroupEgressRequest.Permissions();
            permission.setIpProtocol("all");
            permission.setPortRange("-1/-1");
            permission.setDestCidrIp(block);
            permissions.add(permission);
        }
        AuthorizeSecurityGroupEgressRequest listed = new AuthorizeSecurityGroupEgressRequest();
        listed.setSecurityGroupId(group);
        listed.setPermissions(permissions);
        client.getAcsResponse(listed);
        AuthorizeSecurityGroupEgressRequest flat = new AuthorizeSecurityGroupEgressRequest();
        flat.setSecurityGroupId(group);
        flat.setIpProtocol("tcp");
        flat.setPortRange("25/25");
        flat.setDestCidrIp("0.0.0.0/0");
        flat.setPolicy("drop");
        client.getAcsResponse(flat);
        assertEquals(List.of("egress", "egress", "egress"), rules(group).stream().map(rule -> rule.getDirection()).toList());
        revokeEgress(group);
        assertEquals(List.of(), rules(group));
    }

    /** In each of the three forms one rule. */
    void revokeEgress(String group) throws ClientException {
        RevokeSecurityGroupEgressRequest flat = new RevokeSecurityGroupEgressRequest();
        flat.setSecurityGroupId(group);
        flat.setIpProtocol("tcp");
        flat.setPortRange("25/25");
        flat.setDestCidrIp("0.0.0.0/0");
        flat.setPolicy("drop");
        client.getAcsResponse(flat);

        var permission = new RevokeSecurityGroupEgressRequest.Permissions();
        permission.setIpProtocol("all");
        permission.setPortRange("-1/-1");
        permission.setDestCidrIp("10.1.0.0/16");
        RevokeSecurityGroupEgressRequest listed = new RevokeSecurityGroupEgressRequest();
        listed.setSecurityGroupId(group);
        listed.setPermissions(List.of(permission));
        client.getAcsResponse(listed);

        RevokeSecurityGroupEgressRequest byId = new RevokeSecurityGroupEgressRequest();
        byId.setSecurityGroupId(group);
        byId.setSecurityGroupRuleIds(rules(group).stream().map(rule -> rule.getSecurityGroupRuleId()).toList());
        client.getAcsResponse(byId);
    }

    @Test void groupsComeInPages() throws Exception {
        Set<String> groups = new TreeSet<>();
        for (int i = 0; i < 5; i++) groups.add(newGroup());

        Set<String> numbered = new TreeSet<>();
        for (int page = 1; page <= 3; page++) {
            DescribeSecurityGroupsRequest describe = new DescribeSecurityGroupsRequest();
            describe.setPageNumber(page);
            describe.setPageSize(2);
            var answer = client.getAcsResponse(describe);
            assertEquals(List.of(5, page, 2), List.of(answer.getTotalCount(), answer.getPageNumber(), answer.getPageSize()));
            assertEquals(page == 3 ? 1 : 2, answer.getSecurityGroups().size());
            answer.getSecurityGroups().forEach(group -> numbered.add(group.getSecurityGroupId()));
        }
        assertEquals(groups, numbered);

        Set<String> followed = new TreeSet<>();
        DescribeSecurityGroupsRequest describe = new DescribeSecurityGroupsRequest();
        describe.setMaxResults(2);
        do {
            var answer = client.getAcsResponse(describe);
            answer.getSecurityGroups().forEach(group -> followed.add(group.getSecurityGroupId()));
            describe.setNextToken(answer.getNextToken());
        } while (!describe.getNextToken().isEmpty());
        assertEquals(groups, followed);
    }

    @Test void rulesComeInPages() throws Exception {
        String group = newGroup();
        var rules = udp(12);
        rules.forEach(rule -> rule.setSourceCidrIp("10.0.0.0/8"));
        client.getAcsResponse(authorize(group, rules));

        Set<String> ports = new TreeSet<>();
        DescribeSecurityGroupAttributeRequest describe = new DescribeSecurityGroupAttributeRequest();
        describe.setSecurityGroupId(group);
        describe.setMaxResults(10);
        for (int left : List.of(10, 2)) {
            var answer = client.getAcsResponse(describe);
            assertEquals(left, answer.getPermissions().size());
            answer.getPermissions().forEach(rule -> ports.add(rule.getPortRange()));
            describe.setNextToken(answer.getNextToken());
        }
        assertEquals("", describe.getNextToken());
        assertEquals(12, ports.size());
    }

    /** The SDK's own error does not tell the status; its plain answer does. */
    ClientException refused(RevokeSecurityGroupRequest request, int status, String code, String message) throws ClientException {
        ClientException e = assertThrows(ClientException.class, () -> client.getAcsResponse(request));
        assertEquals(code, e.getErrCode());
        assertEquals(message, e.getErrMsg());
        assertEquals(status, client.doAction(request).getStatus());
        return e;
    }

    ClientException refused(RevokeSecurityGroupRequest request, Row row) throws ClientException {
        return refused(request, row.status(), row.code(), row.message());
    }

    @ParameterizedTest @MethodSource("ecsmock.Row#all")
    void everyRowIsTheSdksError(Row row, Account account) throws Exception {
        account.seedWeb();
        RevokeSecurityGroupRequest revoke = new RevokeSecurityGroupRequest();
        row.parameters().forEach((name, value) -> revoke.putQueryParameter(name, value));
        ClientException e = refused(revoke, row);
        assertEquals(account.calls("RevokeSecurityGroup").get(0).requestId(), e.getRequestId());
        assertEquals(1, rules("sg-web").size());
    }

    @Test void aClientTokenIsAnsweredOnceADay(Account account) throws Exception {
        account.seedWeb();
        RevokeSecurityGroupRequest revoke = ssh("sg-web");
        revoke.setClientToken("revoke");
        String first = client.getAcsResponse(revoke).getRequestId();
        assertNotEquals(first, client.getAcsResponse(revoke).getRequestId());
        revoke.setPortRange("23/23");
        refused(revoke, 400, "IdempotentParameterMismatch", "The request is retried with updated parameters.");

        mock.advance(Duration.ofHours(25));
        refused(revoke, Row.miss());
    }

    @Test void aWrongPriorityIsExplained(Account account) throws Exception {
        account.seedWeb();
        RevokeSecurityGroupRequest revoke = ssh("sg-web");
        revoke.setPriority("3");
        refused(revoke, Row.miss());
        String hint = account.calls("RevokeSecurityGroup").get(0).hint();
        assertTrue(hint.endsWith(": Priority is 1, asked 3"), hint);
    }
}
