package io.flowmaestro.connections.registry.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DefinitionDiffTest {

    private static List<DefinitionDiff.Change> diff(String before, String after) {
        return DefinitionDiff.of(ToolJson.read(before.replace('\'', '"')), ToolJson.read(after.replace('\'', '"')));
    }

    @Test
    void namesEachPlaceWithWhatWasAndIs() {
        assertThat(diff(
                        "{'name': 't', 'inputSchema': {'properties': {'a/b': {'max~': 1}, 'gone': {}}, 'required': ['x', 'y']}}",
                        "{'name': 't', 'inputSchema': {'properties': {'a/b': {'max~': 2}}, 'required': ['x', 'z']}}"))
                .containsExactly(
                        new DefinitionDiff.Change(
                                "/inputSchema/properties/a~1b/max~0", IntNode.valueOf(1), IntNode.valueOf(2)),
                        new DefinitionDiff.Change("/inputSchema/properties/gone", ToolJson.read("{}"), null),
                        new DefinitionDiff.Change(
                                "/inputSchema/required/1", TextNode.valueOf("y"), TextNode.valueOf("z")));
    }

    @Test
    void showsAListOfAnotherLengthWhole() {
        assertThat(diff("{'inputSchema': {'enum': [1]}}", "{'inputSchema': {'enum': [0, 1]}}"))
                .containsExactly(
                        new DefinitionDiff.Change("/inputSchema/enum", ToolJson.read("[1]"), ToolJson.read("[0, 1]")));
    }

    @Test
    void sparesWhatDoesNotCount() {
        assertThat(diff("{'name': 't', '_meta': {'a': 1}, 'parameters': []}", "{'name': 't', '_meta': {'a': 2}}"))
                .isEmpty();
        assertThat(diff("{'inputSchema': {'maximum': 1.50}}", "{'inputSchema': {'maximum': 1.5}}"))
                .isEmpty();
    }

    @Test
    void isBounded() {
        var members =
                IntStream.range(0, 500).mapToObj(i -> "'m%d': 'x'".formatted(i)).collect(Collectors.joining(","));
        var schema = "{'inputSchema': {%s}}".formatted(members);
        assertThat(diff(schema, schema.replace("'x'", "'y'"))).hasSize(50);

        assertThat(diff("{'description': 'a'}", "{'description': '" + "b".repeat(50_000) + "'}"))
                .singleElement()
                .satisfies(change -> assertThat(change.after().textValue()).hasSize(2_001));
        assertThat(diff("{}", "{'inputSchema': {%s}}".formatted(members)))
                .singleElement()
                .satisfies(change -> assertThat(change.after().textValue()).hasSize(2_001));
    }
}
