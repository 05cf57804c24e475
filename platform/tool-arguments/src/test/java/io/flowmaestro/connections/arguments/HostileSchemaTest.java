package io.flowmaestro.connections.arguments;

import static io.flowmaestro.connections.arguments.Checks.check;
import static io.flowmaestro.connections.arguments.Checks.json;
import static io.flowmaestro.connections.arguments.Checks.misfits;
import static io.flowmaestro.connections.arguments.Checks.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas come from servers that may wish us ill, arguments from callers who may. */
class HostileSchemaTest {

    private static final Verdict BROKEN = new Verdict.Unchecked(Verdict.Cause.BROKEN_SCHEMA);
    private static final Verdict TOO_COMPLEX = new Verdict.Unchecked(Verdict.Cause.TOO_COMPLEX);
    private static final Duration SOON = Duration.ofSeconds(10);

    private static Verdict soon(String schema, String arguments) {
        var check = check(schema);
        var given = json(arguments);
        check.check(json("{}"));
        long start = System.nanoTime();
        var verdict = check.check(given);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        return verdict;
    }

    @ParameterizedTest
    @ValueSource(strings = {"$ref", "$dynamicRef", "$schema", "$recursiveRef"})
    void nothingIsFetched(String keyword) throws Exception {
        var asked = new AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        try {
            var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/schema.json";
            var dialect = keyword.equals("$recursiveRef")
                    ? "'$schema': 'https://json-schema.org/draft/2019-09/schema', "
                    : "";
            verdict("{" + dialect + "'" + keyword + "': '" + url + "'}", "{}");
            verdict("{" + dialect + "'properties': {'a': {'" + keyword + "': '" + url + "'}}}", "{'a': 1}");
            verdict("{'$id': '" + url + "', 'properties': {'a': {'$ref': 'other.json'}}}", "{'a': 1}");
        } finally {
            server.stop(0);
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void noFileIsRead(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("schema.json"), "{\"type\": \"string\"}");

        assertThat(verdict("{'properties': {'a': {'$ref': '" + file.toUri() + "'}}}", "{'a': 1}"))
                .isEqualTo(BROKEN);
        assertThat(verdict("{'properties': {'a': {'$ref': 'classpath:draft-07/schema'}}}", "{'a': 1}"))
                .isEqualTo(BROKEN);
        assertThat(verdict("{'$ref': 'http://json-schema.org/draft-07/schema'}", "{'type': 1}"))
                .isEqualTo(BROKEN);
    }

    @Test
    void aReferenceWithinADocumentThatNamesItselfIsFollowed() {
        var schema = "{'$id': 'https://example.com/tool', 'properties': {'a': {'$ref': '#/$defs/text'},"
                + " 'b': {'$ref': 'https://example.com/tool#/$defs/text'}}, '$defs': {'text': {'type': 'string'}}}";

        assertThat(misfits(schema, "{'a': 1, 'b': 2}")).hasSize(2);
    }

    @Test
    void referencesInCirclesEnd() {
        assertThat(soon("{'$ref': '#'}", "{}")).isIn(TOO_COMPLEX, BROKEN);
        assertThat(soon(
                        "{'$defs': {'a': {'$ref': '#/$defs/b'}, 'b': {'$ref': '#/$defs/a'}}, '$ref': '#/$defs/a'}",
                        "{}"))
                .isIn(TOO_COMPLEX, BROKEN);
        assertThat(soon("{'allOf': [{'$ref': '#'}, {'$ref': '#'}]}", "{}")).isIn(TOO_COMPLEX, BROKEN);
    }

    @Test
    void referencesThatMultiplyEnd() {
        var definitions = IntStream.range(0, 40)
                .mapToObj(i -> "'d%d': {'anyOf': [{'$ref': '#/$defs/d%d'}, {'$ref': '#/$defs/d%d'}]}"
                        .formatted(i, i + 1, i + 1))
                .collect(Collectors.joining(", "));
        var schema = "{'$ref': '#/$defs/d0', '$defs': {" + definitions + ", 'd40': {'type': 'string'}}}";

        assertThat(soon(schema, "{}")).isEqualTo(TOO_COMPLEX);
    }

    @Test
    void alternativesOverDeepArgumentsEnd() {
        var schema = "{'oneOf': [{'properties': {'a': {'$ref': '#'}}}, {'properties': {'a': {'$ref': '#'}}},"
                + " {'required': ['b']}]}";

        assertThat(soon(schema, "{'a':".repeat(100) + "{}" + "}".repeat(100))).isEqualTo(TOO_COMPLEX);
    }

    @Test
    void aSchemaThatIsTooLargeOrDeepIsNotEvenRead() {
        assertThat(check("{'properties': {'a': " + "{'not': ".repeat(70) + "true" + "}".repeat(70) + "}}"))
                .isSameAs(ArgumentCheck.TOO_LARGE);
        assertThat(check("{'description': '" + "x".repeat(300_000) + "'}")).isSameAs(ArgumentCheck.TOO_LARGE);
        assertThat(check("{'enum': [" + "1,".repeat(20_000) + "1]}")).isSameAs(ArgumentCheck.TOO_LARGE);
        assertThat(check("{'multipleOf': 1e-999999999}")).isSameAs(ArgumentCheck.TOO_LARGE);
    }

    @Test
    void numbersOfAnyExponentEnd() {
        assertThat(soon("{'properties': {'n': {'multipleOf': 3}}}", "{'n': 1e999999999}"))
                .isEqualTo(TOO_COMPLEX);
        assertThat(soon("{'properties': {'n': {'multipleOf': 3}}}", "{'n': 1e308}"))
                .isInstanceOf(Verdict.Misfit.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^(a+)+$",
                "^(a|a)*$",
                "^([a-zA-Z]+)*$",
                "(x+x+)+y",
                "^(?=(a+)+$).*$",
                "^(?!(a|aa)+$)b",
                "^(?=.)(.*)(.*)(.*)(.*)(.*)(.*)y$",
                "((((a{1,9}){1,9}){1,9}){1,9}){1,9}",
                "[ab]{1000}c",
                "(?=)(?:(?:(?:){1000}){1000}){1000}"
            })
    void patternsThatBacktrackForeverEnd(String pattern) {
        for (var text : new String[] {"a".repeat(3_000) + "!", "x".repeat(3_000), "a".repeat(500_000) + "!"}) {
            soon("{'properties': {'p': {'pattern': '" + pattern + "'}}}", "{'p': '" + text + "'}");
        }
    }

    @Test
    void aPatternThatRunsOutOfTimeRefusesNobody() {
        assertThat(soon(
                        "{'properties': {'p': {'pattern': '^(?=.)(.*)(.*)(.*)x$'}}}",
                        "{'p': '" + "a".repeat(3_000) + "'}"))
                .isEqualTo(TOO_COMPLEX);
    }

    @Test
    void aPatternThatNobodyCanReadCountsAsMatchedWhereThatRefusesNobody() {
        var backreference = "{'pattern': '^(a)\\\\1$'}";

        assertThat(soon("{'properties': {'p': " + backreference + ", 'q': {'type': 'string'}}}", "{'p': 'x', 'q': 1}"))
                .isEqualTo(new Verdict.Misfit(List.of(new ArgumentMisfit("q", "must be a string, not a number"))));
        for (var hidden : new String[] {
            "{'properties': {'p': {'not': " + backreference + "}}}",
            "{'properties': {'p': {'oneOf': [" + backreference + ", {'type': 'string'}]}}}",
            "{'properties': {'p': {'if': " + backreference + ", 'then': {'maxLength': 1}}}}",
            "{'patternProperties': {'^(a)\\\\1$': {'type': 'integer'}}}"
        }) {
            assertThat(soon(hidden, "{'p': 'xx'}")).as(hidden).isEqualTo(TOO_COMPLEX);
        }
    }

    @Test
    void manyItemsEnd() {
        assertThat(soon("{'properties': {'n': {'uniqueItems': true}}}", "{'n': [" + numbers(2_000) + "]}"))
                .isEqualTo(new Verdict.Fits());
        assertThat(soon("{'properties': {'n': {'uniqueItems': true}}}", "{'n': [" + numbers(2_001) + "]}"))
                .isEqualTo(TOO_COMPLEX);
        assertThat(soon("{'properties': {'n': {'items': {'type': 'integer'}}}}", "{'n': [" + numbers(60_000) + "]}"))
                .isEqualTo(TOO_COMPLEX);
    }

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }
}
