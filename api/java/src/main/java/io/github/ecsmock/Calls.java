package io.github.ecsmock;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Calls as people read them. */
final class Calls {
    private static final int MOST_CALLS = 10;
    private static final int MOST_SHOWN = 400; // characters of an action and its parameters, about

    /** Parameters that say nothing of what a call does. */
    private static final Pattern COMMON = Pattern.compile("Action|Version|Format|AccessKeyId|Timestamp|RegionId|SecurityToken|BearerToken|AcceptLanguage|Signature.*");

    /** The security group first, and Permissions.2 before Permissions.10. */
    private static final Comparator<String> BY_MEANING = Comparator.<String, Boolean>comparing(name -> !name.equals("SecurityGroupId"))
        .thenComparing(Calls::padded);

    private Calls() {}

    private static String padded(String name) {
        return Pattern.compile("\\d+").matcher(name).replaceAll(number -> String.format("%9s", number.group()));
    }

    static String last(List<Call> calls) {
        if (calls.isEmpty()) return "there were no calls";
        return calls.subList(Math.max(0, calls.size() - MOST_CALLS), calls.size()).stream().map(Calls::line)
            .collect(Collectors.joining("\n  ", "the last calls:\n  ", ""));
    }

    /** Returns a call in one line. */
    static String line(Call call) {
        StringBuilder line = new StringBuilder("call " + call.getNumber() + ": " + call.getAction());
        for (String name : call.getParams().keySet().stream().filter(name -> !COMMON.matcher(name).matches()).sorted(BY_MEANING).toList()) {
            if (line.length() > MOST_SHOWN) {
                line.append(" …");
                break;
            }
            line.append(' ').append(name).append('=').append(call.getParams().get(name));
        }
        line.append(" by ").append(call.getAccountId()).append(" in ").append(call.getRegionId().isEmpty() ? "no region" : call.getRegionId())
            .append(": ").append(call.getStatus());
        if (!call.getCode().isEmpty()) line.append(' ').append(call.getCode());
        if (!call.getHint().isEmpty()) line.append("; ").append(call.getHint());
        return line.toString();
    }

    /** Returns a difference in one line. */
    static String line(Difference found) {
        String where = found.getPath() == null ? found.getAction() : found.getAction() + " " + found.getPath();
        return found.getCount() + " x " + where + ": " + found.getKind() + ": the service has \"" + Objects.toString(found.getService(), "") + "\", the mock \""
            + Objects.toString(found.getMock(), "") + "\" (call " + found.getCall() + ")";
    }

    /** Returns how a call differs from parameters, each written as Name=value. */
    static List<String> lacks(Call call, String... params) {
        List<String> lacking = new ArrayList<>();
        for (String param : params) {
            String[] pair = param.split("=", 2);
            if (pair.length < 2) throw new EcsmockException("a parameter is Name=value, got \"" + param + "\"");
            String sent = call.getParams().get(pair[0]);
            if (sent == null) lacking.add(pair[0] + " was not sent");
            else if (!sent.equals(pair[1])) lacking.add(pair[0] + " was \"" + sent + "\", asked \"" + pair[1] + "\"");
        }
        return lacking;
    }

    /** Returns how the call differs that is nearest to parameters. */
    static String nearest(List<Call> calls, String... params) {
        return calls.stream().min(Comparator.comparing(call -> lacks(call, params).size()))
            .map(call -> " with " + String.join(", ", params) + "; nearest is call " + call.getNumber() + ": " + String.join(", ", lacks(call, params)))
            .orElse("");
    }
}
