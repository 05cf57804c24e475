package io.flowmaestro.connections.registry.proof;

import java.util.List;
import java.util.random.RandomGenerator;

/** What no client should send, and some does. None of it looks like the insides of a service. */
final class Oddities {

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "\u0001\u001f\u007f",
            "\t\r\n",
            "\r\nX-Injected: 1",
            "\ud83d\ude00\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
            "\ud800",
            "a\udfff",
            "\uffff\ufffe",
            "\ufeffx",
            "\u202eevil",
            "e\u0301\u0301\u0301\u0301\u0301\u0301",
            "\u0130\u00df\u01c5\ufb01",
            "' or '1'='1' --",
            "\\' ; drop table x; --",
            "%_%\\",
            "\\",
            "${jndi:ldap://127.0.0.1/x}",
            "{{7*7}}",
            "../../../etc/passwd",
            "null",
            "true",
            "-1",
            "1e309",
            "NaN",
            "0x10",
            "00000000-0000-0000-0000-000000000000",
            "0-0-0-0-0",
            "9999-12-31T23:59:59.999999999Z",
            "-999999999-01-01T00:00:00Z",
            "+1000000000-12-31T23:59:59.999999999Z",
            "2026-02-30T00:00:00Z",
            "1969-12-31T23:59:59.999Z",
            "2026-01-01T00:00:00+18:00",
            "infinity",
            "http://[::1]:99999/",
            "http://\u0000/",
            "https://user:pw@localhost/",
            "javascript:alert(1)",
            "file:///etc/passwd",
            "<script>alert(1)</script>");
    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "-0",
            "1.5",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "1e5",
            "1e400",
            "-1e-400",
            "1E2147483647",
            "123456789012345678901234567890123456789012345678901234567890",
            "0.1000000000000000055511151231257827021181583404541015625");
    private static final List<String> OTHERS =
            List.of("null", "true", "false", "[]", "{}", "[null]", "{\"\":\"\"}", "[[[[]]]]", "{\"a\":{\"a\":{}}}");

    private Oddities() {}

    static String text(RandomGenerator random) {
        return switch (random.nextInt(12)) {
            case 0 -> TEXTS.get(random.nextInt(TEXTS.size())).repeat(1 + random.nextInt(200));
            case 1 -> "x".repeat(1 << random.nextInt(15));
            case 2 -> anyCharacters(random);
            default -> TEXTS.get(random.nextInt(TEXTS.size()));
        };
    }

    private static String anyCharacters(RandomGenerator random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(40); i >= 0; i--) {
            text.append((char) random.nextInt(Character.MAX_VALUE + 1));
        }
        return text.toString();
    }

    static String number(RandomGenerator random) {
        return NUMBERS.get(random.nextInt(NUMBERS.size()));
    }

    /** JSON text of any type. */
    static String json(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> number(random);
            case 1 -> OTHERS.get(random.nextInt(OTHERS.size()));
            case 2 -> nested(1 + random.nextInt(40));
            default -> JsonText.quote(text(random), random);
        };
    }

    static String nested(int depth) {
        return "{\"a\":[".repeat(depth) + "1" + "]}".repeat(depth);
    }
}
