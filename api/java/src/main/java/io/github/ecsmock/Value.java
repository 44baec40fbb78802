package io.github.ecsmock;

import java.util.*;
import java.util.function.Function;

/** A JSON object of the mock, with the names of the API. What is not set is absent. */
public abstract class Value {
    final Map<String, Object> fields;

    Value() { this(new LinkedHashMap<>()); }

    Value(Map<String, Object> fields) { this.fields = fields; }

    final Object get(String name) { return fields.get(name); }

    final Integer integer(String name) { return get(name) == null ? null : ((Number) get(name)).intValue(); }

    final Double real(String name) { return get(name) == null ? null : ((Number) get(name)).doubleValue(); }

    @SuppressWarnings("unchecked") // of texts
    final <T> List<T> plainList(String name) { return (List<T>) fields.getOrDefault(name, List.of()); }

    @SuppressWarnings("unchecked")
    final Map<String, String> texts(String name) { return (Map<String, String>) fields.getOrDefault(name, Map.of()); }

    @SuppressWarnings("unchecked")
    final <T> T object(String name, Function<Map<String, Object>, T> make) {
        return get(name) == null ? null : make.apply((Map<String, Object>) get(name));
    }

    final <T> List<T> list(String name, Function<Map<String, Object>, T> make) {
        return this.<Map<String, Object>>plainList(name).stream().map(make).toList();
    }

    final void set(String name, Object value) { fields.put(name, plain(value)); }

    private static Object plain(Object value) {
        if (value instanceof Value one) return one.fields;
        if (value instanceof Integer number) return number.longValue();
        if (value instanceof Object[] several) return Arrays.stream(several).map(Value::plain).toList();
        return value;
    }

    @Override public final boolean equals(Object other) {
        return other != null && getClass() == other.getClass() && fields.equals(((Value) other).fields);
    }

    @Override public final int hashCode() { return fields.hashCode(); }

    /** Returns the object in JSON. */
    @Override public final String toString() { return Json.text(fields); }
}
