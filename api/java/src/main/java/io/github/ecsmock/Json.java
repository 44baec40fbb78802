package io.github.ecsmock;

import java.util.*;

/** Reads and writes JSON: objects are maps, and numbers Long or Double. */
final class Json {
    private final String text;
    private int at;

    private Json(String text) { this.text = text; }

    static Object value(String text) {
        Json json = new Json(text);
        Object value = json.value();
        if (json.peek() != 0) throw json.wrong("the end");
        return value;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(String text) {
        if (value(text) instanceof Map<?, ?> object) return (Map<String, Object>) object;
        throw new IllegalArgumentException("not a JSON object: " + text);
    }

    private Object value() {
        char first = peek();
        if (first == '{') return object();
        if (first == '[') return list();
        if (first == '"') return string();
        int from = at;
        while (at < text.length() && "+-.".indexOf(text.charAt(at)) >= 0 || at < text.length() && Character.isLetterOrDigit(text.charAt(at))) at++;
        String word = text.substring(from, at);
        switch (word) {
            case "true", "false": return Boolean.valueOf(word);
            case "null": return null;
            default:
        }
        try {
            if (word.matches("-?\\d{1,18}")) return Long.valueOf(word);
            return Double.valueOf(word);
        } catch (NumberFormatException e) {
            throw wrong("a value");
        }
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        take('{');
        if (peek() == '}') {
            at++;
            return object;
        }
        do {
            peek();
            String name = string();
            take(':');
            object.put(name, value());
        } while (more('}'));
        return object;
    }

    private List<Object> list() {
        List<Object> list = new ArrayList<>();
        take('[');
        if (peek() == ']') {
            at++;
            return list;
        }
        do list.add(value()); while (more(']'));
        return list;
    }

    /** Whether a comma comes, and not the end. */
    private boolean more(char end) {
        if (peek() == ',') {
            at++;
            return true;
        }
        take(end);
        return false;
    }

    private String string() {
        take('"');
        StringBuilder string = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') return string.toString();
            string.append(c == '\\' ? escaped() : c);
        }
        throw wrong("the end of a text");
    }

    private char escaped() {
        char c = at < text.length() ? text.charAt(at++) : 0;
        switch (c) {
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case '"', '\\', '/': return c;
            case 'u':
                if (text.length() < at + 4 || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) break;
                at += 4;
                return (char) Integer.parseInt(text.substring(at - 4, at), 16);
            default:
        }
        throw wrong("an escape such as \\n");
    }

    /** The next character that is not white space, 0 at the end. */
    private char peek() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void take(char c) {
        if (peek() != c) throw wrong(String.valueOf(c));
        at++;
    }

    private IllegalArgumentException wrong(String wanted) {
        return new IllegalArgumentException("not JSON: " + wanted + " is missing at character " + at + " of " + text);
    }

    static String text(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> object) {
            String separator = "";
            out.append('{');
            for (Map.Entry<?, ?> field : object.entrySet()) {
                out.append(separator);
                write(field.getKey(), out);
                out.append(": ");
                write(field.getValue(), out);
                separator = ", ";
            }
            out.append('}');
        } else if (value instanceof Collection<?> list) {
            String separator = "";
            out.append('[');
            for (Object one : list) {
                out.append(separator);
                write(one, out);
                separator = ", ";
            }
            out.append(']');
        } else if (value instanceof String string) {
            quote(string, out);
        } else if (value instanceof Value object) {
            write(object.fields, out);
        } else {
            out.append(value); // a number, a boolean or null
        }
    }

    private static void quote(String string, StringBuilder out) {
        out.append('"');
        for (char c : string.toCharArray()) {
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c == '\n') out.append("\\n");
            else if (c < ' ' || Character.isSurrogate(c)) out.append(String.format("\\u%04x", (int) c));
            else out.append(c);
        }
        out.append('"');
    }
}
