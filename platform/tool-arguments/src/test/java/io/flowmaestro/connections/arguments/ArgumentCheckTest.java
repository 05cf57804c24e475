package io.flowmaestro.connections.arguments;

import static io.flowmaestro.connections.arguments.Checks.check;
import static io.flowmaestro.connections.arguments.Checks.json;
import static io.flowmaestro.connections.arguments.Checks.misfits;
import static io.flowmaestro.connections.arguments.Checks.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentCheckTest {

    private static final String SEARCH = """
            {'type': 'object', 'required': ['query'], 'additionalProperties': false, 'properties': {
              'query': {'type': 'string', 'minLength': 1},
              'limit': {'type': ['integer', 'null'], 'maximum': 100},
              'filter': {'$ref': '#/$defs/filter'}},
             '$defs': {'filter': {'type': 'object', 'required': ['tags'], 'properties': {
               'tags': {'type': 'array', 'items': {'enum': ['red', 'green', 7]}},
               'under': {'$ref': '#/$defs/filter'}}}}}""";

    @Nested
    class Arguments {
        @Test
        void thatFitAreTold() {
            assertThat(misfits(SEARCH, "{'query': 'x', 'limit': null, 'filter': {'tags': ['red', 7.0]}}"))
                    .isEmpty();
        }

        @Test
        void areToldEverythingThatDoesNotFit() {
            assertThat(misfits(SEARCH, "{'limit': 'many', 'page': 3, 'filter': {'tags': ['red', 'secret']}}"))
                    .containsExactlyInAnyOrder(
                            "query: is required",
                            "limit: must be an integer or null, not a string",
                            "page: is not known to the tool; leave it out",
                            "filter.tags[1]: must be one of \"red\", \"green\", 7");
        }

        @Test
        void areFollowedThroughReferences() {
            assertThat(misfits(SEARCH, "{'query': 'x', 'filter': {'tags': [], 'under': {'under': {'tags': []}}}}"))
                    .containsExactly("filter.under.tags: is required");
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                {'const': 'x'}                             | 'y'        | must be "x"
                {'pattern': '^[a-z]+$'}                    | 'Secret'   | must match the pattern ^[a-z]+$
                {'minimum': 5}                             | 4          | must be at least 5
                {'maximum': 5}                             | 6          | must be at most 5
                {'exclusiveMinimum': 5}                    | 5          | must be greater than 5
                {'exclusiveMaximum': 5}                    | 5          | must be less than 5
                {'multipleOf': 0.1}                        | 0.25       | must be a multiple of 0.1
                {'minLength': 2}                           | 'a'        | must have at least 2 characters
                {'maxLength': 1}                           | 'ab'       | must have at most 1 character
                {'minItems': 1}                            | []         | must have at least 1 item
                {'maxItems': 1}                            | [1,2]      | must have at most 1 item
                {'uniqueItems': true}                      | [1,1]      | must not have the same item twice
                {'contains': {'const': 1}}                 | [2]        | has too few items of the kind that the tool asks for
                {'contains': {'const': 1}, 'maxContains': 1} | [1,1]    | has too many items of the kind that the tool limits
                {'minProperties': 1}                       | {}         | must have at least 1 member
                {'maxProperties': 0}                       | {'a':1}    | must have at most 0 members
                {'not': {'type': 'string'}}                | 'secret'   | is of a kind that the tool excludes
                {'oneOf': [{'minimum': 1}, {'maximum': 9}]} | 5         | must fit exactly one of the alternatives
                false                                      | 1          | is not allowed
                {'type': 'boolean'}                        | 'true'     | must be a boolean, not a string
                {'type': 'integer'}                        | 1.5        | must be an integer, not a number""")
        void areToldWhatIsExpected(String schema, String value, String message) {
            assertThat(misfits("{'properties': {'field': " + schema + "}}", "{'field': " + value + "}"))
                    .containsExactly("field: " + message);
        }

        @Test
        void areToldWhatOneMemberAsksForBesidesAnother() {
            assertThat(misfits("{'dependentRequired': {'from': ['to']}}", "{'from': 1}"))
                    .containsExactly("from: needs beside it \"to\"");
        }

        @Test
        void areToldWhatIsNotEvaluatedAnywhere() {
            assertThat(misfits(
                            "{'allOf': [{'properties': {'a': true}}], 'unevaluatedProperties': false}",
                            "{'a': 1, 'b': 2}"))
                    .containsExactly("b: is not known to the tool; leave it out");
        }

        @Test
        void areToldWhySpeaksAgainstEachAlternative() {
            var schema = "{'properties': {'to': {'anyOf': [{'type': 'string'},"
                    + " {'type': 'object', 'required': ['id']}, {'type': 'null'}]}}}";

            assertThat(misfits(schema, "{'to': {}}"))
                    .containsExactly("to: fits none of the alternatives: must be a string, not an object;"
                            + " id is required; must be null, not an object");
        }

        @Test
        void areToldOfAlternativesForEachItem() {
            var schema = "{'properties': {'to': {'items': {'oneOf': [{'type': 'string'}, {'type': 'null'}]}}}}";

            assertThat(misfits(schema, "{'to': ['a', 1, null, true]}"))
                    .containsExactly(
                            "to[1]: fits none of the alternatives: must be a string, not a number; must be null, not a number",
                            "to[3]: fits none of the alternatives: must be a string, not a boolean; must be null, not a boolean");
        }

        @Test
        void areNotToldMoreThanTwentyThings() {
            assertThat(misfits(
                            "{'properties': {'n': {'items': {'type': 'string'}}}}",
                            "{'n': [" + "1,".repeat(99) + "1]}"))
                    .hasSize(20);
        }

        @Test
        void neverSeeTheirValuesAgain() {
            var schema = "{'additionalProperties': {'type': 'integer', 'maximum': 5, 'pattern': '^a$'}}";

            assertThat(misfits(schema, "{'a': 'sekrit', 'b': 99887766}").toString())
                    .doesNotContain("sekrit")
                    .doesNotContain("99887766");
        }

        @Test
        void mayHaveNamesOfAnySort() {
            assertThat(misfits("{'additionalProperties': false}", "{'" + "n".repeat(500) + "\\u0007\\u202e': 1}"))
                    .singleElement()
                    .asString()
                    .hasSizeLessThan(200);
        }
    }

    @Nested
    class Dialect {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://json-schema.org/draft-07/schema#",
                    "http://json-schema.org/draft-06/schema",
                    "https://json-schema.org/draft/2019-09/schema"
                })
        void ofAnOlderDraftIsHonoured(String dialect) {
            var schema = "{'$schema': '" + dialect + "', 'properties': {'pair': {'items': [{'type': 'string'}]}}}";

            assertThat(misfits(schema, "{'pair': [1]}")).containsExactly("pair[0]: must be a string, not a number");
        }

        @Test
        void ofDraft4ReadsExclusiveBoundsItsOwnWay() {
            var schema = "{'$schema': 'http://json-schema.org/draft-04/schema#',"
                    + " 'properties': {'n': {'minimum': 5, 'exclusiveMinimum': true}}}";

            assertThat(misfits(schema, "{'n': 5}")).hasSize(1);
            assertThat(misfits(schema, "{'n': 6}")).isEmpty();
        }

        @Test
        void isTheNewestWithoutAName() {
            var schema = "{'properties': {'pair': {'prefixItems': [{'type': 'string'}], 'items': false}}}";

            assertThat(misfits(schema, "{'pair': ['a']}")).isEmpty();
            assertThat(misfits(schema, "{'pair': ['a', 1]}")).hasSize(1);
        }

        @Test
        void leavesFormatsToTheTool() {
            assertThat(misfits("{'properties': {'at': {'type': 'string', 'format': 'date'}}}", "{'at': 'tomorrow'}"))
                    .isEmpty();
        }
    }

    @Nested
    class Moment {
        @Test
        void isEnoughOnceTheSchemaWasUsed() {
            var check = check(SEARCH);
            var arguments = json("{'query': 1}");
            assertThat(check.checkInAMoment(arguments)).isEmpty();

            var verdict = check.check(arguments);

            assertThat(check.checkInAMoment(arguments)).contains(verdict);
        }

        @Test
        void isNotEnoughForLargeArguments() {
            var check = check("{'uniqueItems': true}");
            check.check(json("[]"));

            assertThat(check.checkInAMoment(json("[" + "1,".repeat(999) + "1]")))
                    .isEmpty();
            assertThat(check.checkInAMoment(json("['" + "x".repeat(20_000) + "']")))
                    .isEmpty();
        }

        @Test
        void isNotEnoughForManySteps() {
            var check = check("{'items': {'allOf': [" + "{'type': 'integer'},".repeat(20) + "true]}}");
            var arguments = json("[" + "1,".repeat(400) + "1]");
            check.check(arguments);

            assertThat(check.checkInAMoment(arguments)).isEmpty();
            assertThat(check.check(arguments)).isEqualTo(new Verdict.Fits());
        }

        @Test
        void isSharedByToolsOfTheSameSchema() {
            var checks = new ArgumentChecks();

            assertThat(checks.of(json(SEARCH))).isSameAs(checks.of(json(SEARCH)));
            assertThat(checks.of(json("{}"))).isNotSameAs(checks.of(json(SEARCH)));
        }
    }

    @Test
    void nothingIsSaidAboutArgumentsOfABrokenSchema() {
        for (var broken : new String[] {
            "true",
            "'x'",
            "null",
            "{'type': 'object', 'properties': {'a': {'$ref': '#/nowhere'}}}",
            "{'$schema': 'https://example.com/mine', 'type': 'string'}",
            "{'properties': {'a': {'oneOf': 3}}}"
        }) {
            assertThat(verdict(broken, "{'a': 1}"))
                    .as(broken)
                    .isEqualTo(new Verdict.Unchecked(Verdict.Cause.BROKEN_SCHEMA));
        }
    }
}
