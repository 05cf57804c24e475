package io.flowmaestro.connections.registry.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.Violation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {

    private final List<Violation> violations = new ArrayList<>();

    private static ObjectNode json(String text) {
        return Metadata.parse(text.replace('\'', '"'));
    }

    @Test
    void mergesAtEveryLevelAndRemovesByNull() {
        ObjectNode merged = Metadata.merge(
                json("{'a': {'x': 1, 'y': 2}, 'b': 3, 'c': 4}"),
                json("{'a': {'y': null, 'z': 5}, 'b': null}"),
                violations);

        assertThat(merged).isEqualTo(json("{'a': {'x': 1, 'z': 5}, 'c': 4}"));
        assertThat(violations).isEmpty();
    }

    @Test
    void letsAClientSendBackTheRegistrysPartButNotChangeIt() {
        ObjectNode stored = json("{'config': {'base_url': 'https://a.example'}}");

        Metadata.merge(stored, json("{'config': {'base_url': 'https://a.example'}, 'mine': 1}"), violations);
        assertThat(violations).isEmpty();

        Metadata.merge(stored, json("{'config': {'base_url': 'https://b.example'}}"), violations);
        assertThat(violations).extracting(Violation::field).containsExactly("metadata.config");
    }

    @Test
    void isBoundedAfterTheMergeToo() {
        ObjectNode half = json("{'a': '" + "x".repeat(9000) + "'}");
        ObjectNode other = json("{'b': '" + "x".repeat(9000) + "'}");

        Metadata.merge(half, other, violations);

        assertThat(violations).extracting(Violation::field).containsExactly("metadata");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scopes", "authorization_server", "config", "account", "server_info"})
    void countsNothingThatTheSuiteWrote(String name) {
        ObjectNode stored = json("{'" + name + "': '" + "x".repeat(17_000) + "'}");

        Metadata.merge(stored, json("{'note': 'x'}"), violations);
        Metadata.merge(stored, stored.deepCopy(), violations);

        assertThat(violations).isEmpty();
    }

    @Test
    void countsScopesThatAUserWrites() {
        Metadata.merge(json("{'scopes': ['a']}"), json("{'scopes': ['" + "x".repeat(17_000) + "']}"), violations);

        assertThat(violations).extracting(Violation::field).containsExactly("metadata");
    }
}
