package io.flowmaestro.connections.registry.proof;

import java.util.List;
import java.util.random.RandomGenerator;

/** Headers that few clients send, right and wrong. No line ends in their values: those would be other headers. */
final class OddHeaders {

    private static final List<String> VALUES = List.of(
            "",
            "*",
            "\"",
            "\"\"",
            "W/\"1\"",
            "\"1\", \"2\"",
            "1",
            "\"99999999999999999999\"",
            ",,,",
            "null",
            "\u00e4\u00f6",
            "\ud83d\ude00",
            "a\tb",
            "0190a1ce-0000-7000-8000-00000000a11c, 0190a1ce-0000-7000-8000-000000000b0b",
            "00000000-0000-0000-0000-000000000000",
            "x".repeat(300),
            "%00",
            "../..");
    private static final List<String> LINES = List.of(
            "Accept: text/html",
            "Accept: text/html,application/xhtml+xml,*/*;q=0.8",
            "Accept: application/xml",
            "Accept: */*",
            "Accept: ;;",
            "Accept: text/csv",
            "Accept: application/problem+json",
            "Accept-Language: de, xx;q=zz",
            "Accept-Encoding: gzip",
            "Accept-Charset: utf-7",
            "Content-Encoding: gzip",
            "traceparent: 00-ffffffffffffffffffffffffffffffff-ffffffffffffffff-ff",
            "traceparent: garbage",
            "baggage: a=b,,,=",
            "tracestate: \"",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-For: ',",
            "X-Forwarded-Proto: javascript",
            "Forwarded: for=;host=;;",
            "X-HTTP-Method-Override: DELETE",
            "Origin: null",
            "Origin: https://evil.example",
            "Range: bytes=0-0,-1",
            "Cookie: a=b; q_session=x",
            "Cookie: \"",
            "If-Modified-Since: yesterday",
            "Date: never",
            "Upgrade: h2c",
            "User-Agent: ",
            "X-Big: " + "b".repeat(9000),
            "X-Huge: " + "h".repeat(20000));

    private OddHeaders() {}

    static String value(RandomGenerator random) {
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    static String contentType(RandomGenerator random) {
        List<String> types = List.of(
                "text/plain",
                "application/json; charset=utf-16",
                "application/json;charset=nope",
                "application/xml",
                "application/merge-patch+json",
                "",
                "json",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "*/*",
                "application/json, text/plain",
                ";");
        return types.get(random.nextInt(types.size()));
    }

    static void add(List<String> headers, RandomGenerator random) {
        for (int i = random.nextInt(2); i >= 0; i--) {
            headers.add(LINES.get(random.nextInt(LINES.size())));
        }
    }
}
