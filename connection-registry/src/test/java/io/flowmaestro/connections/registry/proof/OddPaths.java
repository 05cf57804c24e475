package io.flowmaestro.connections.registry.proof;

import java.util.List;
import java.util.random.RandomGenerator;

/** Paths and queries that are next to right. */
final class OddPaths {

    private static final List<String> BITS = List.of(
            "%",
            "%zz",
            "%00",
            "%ff",
            "%c0%af",
            "%2f",
            "%2e%2e/",
            "..%2f",
            ";a=b",
            ";a=%25_",
            "//",
            "/./",
            "/../",
            "\\",
            "|",
            "{id}",
            "^",
            "%0d%0a",
            "\u00e4",
            "?",
            "?a=%",
            "#f",
            "%F0%9F%98%80",
            "~",
            "'",
            "/");

    private OddPaths() {}

    static String of(String path, RandomGenerator random) {
        String bit = BITS.get(random.nextInt(BITS.size()));
        int at = 1 + random.nextInt(path.length());
        return path.substring(0, at) + bit + path.substring(at);
    }

    static String query(String name, RandomGenerator random) {
        String bit = BITS.get(random.nextInt(BITS.size()));
        return List.of(name, name + "=", name + "=" + bit, name + "=a&" + name + "=b", "=", bit + "=" + bit, "x=1")
                .get(random.nextInt(7));
    }
}
