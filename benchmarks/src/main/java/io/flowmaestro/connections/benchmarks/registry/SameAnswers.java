package io.flowmaestro.connections.benchmarks.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.benchmarks.load.LoadClient;
import io.flowmaestro.connections.benchmarks.load.Target;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Nothing is compared that does not answer the same. */
final class SameAnswers {

    private static final JsonMapper JSON = new JsonMapper();
    /** A bare answer may lack a member that the registry has got since, but no more than that. */
    private static final double SHORTER = 0.1;

    private SameAnswers() {}

    /** Fails unless both answer every call with the same bytes. */
    static void require(LoadClient client, Target one, Target other) {
        for (int i = 0; i < one.calls().size(); i++) {
            var answer = client.call(one, one.calls().get(i));
            if (!answer.equals(client.call(other, other.calls().get(i)))) {
                throw differ(one, other, "the bytes");
            }
        }
    }

    /** Fails unless all that the baseline answers is in the registry's answer, and the two are about as long. */
    static void requireAbout(LoadClient client, Target registry, Target baseline) {
        for (int i = 0; i < registry.calls().size(); i++) {
            var whole = client.call(registry, registry.calls().get(i));
            var bare = client.call(baseline, baseline.calls().get(i));
            if (!holds(data(whole), data(bare))) {
                throw differ(registry, baseline, "what is said");
            }
            if (bare.length() < (1 - SHORTER) * whole.length()) {
                throw differ(
                        registry,
                        baseline,
                        "the length (%d and %d bytes; give BareConnection the new members)"
                                .formatted(whole.length(), bare.length()));
            }
        }
    }

    /** Fails unless every list is full. */
    static void requireFull(LoadClient client, Target list) {
        for (var call : list.calls()) {
            int found = data(client.call(list, call)).size();
            if (found != RegistrySettings.EACH) {
                throw new IllegalStateException(
                        "%s answers %d connections and not %d".formatted(list.name(), found, RegistrySettings.EACH));
            }
        }
    }

    private static boolean holds(JsonNode whole, JsonNode part) {
        if (part.isArray()) {
            return whole.size() == part.size()
                    && java.util.stream.IntStream.range(0, part.size())
                            .allMatch(index -> holds(whole.path(index), part.path(index)));
        }
        return part.propertyStream().allMatch(member -> member.getValue().equals(whole.get(member.getKey())));
    }

    private static JsonNode data(Buffer answer) {
        try {
            return JSON.readTree(answer.getBytes()).path("data");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static IllegalStateException differ(Target one, Target other, String what) {
        return new IllegalStateException(
                "%s and %s cannot be compared: their answers differ in %s".formatted(one.name(), other.name(), what));
    }
}
