package io.flowmaestro.connections.local.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/**
 * What the conformance suite says that a revision requires.
 *
 * @param scored the scenarios that count, by side; others are run and shown only
 */
record Requirements(String revision, Map<Side, List<String>> scored) {
    static Requirements of(String revision) throws IOException {
        var file = ProofParts.installed("@modelcontextprotocol/conformance/requirements/" + revision + ".yaml");
        var lists = lists(file);
        return new Requirements(
                revision,
                Map.of(
                        Side.SERVER, lists.getOrDefault("server", List.of()),
                        Side.CLIENT, lists.getOrDefault("client", List.of())));
    }

    /** The lists of names in a file, by key; what else it holds is left out. */
    @SuppressWarnings("unchecked")
    static Map<String, List<String>> lists(Path file) throws IOException {
        try (var reader = Files.newBufferedReader(file)) {
            Map<String, Object> content = new Yaml().load(reader);
            return content == null ? Map.of() : (Map<String, List<String>>) (Map<String, ?>) content;
        }
    }
}
