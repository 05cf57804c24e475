package io.flowmaestro.connections.egress;

import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Answers each look-up of a name with the next scripted answer; the last one stays. */
final class ScriptedResolver implements NameResolver {

    private final Map<String, Deque<List<InetAddress>>> answers = new HashMap<>();
    final List<String> asked = new ArrayList<>();

    ScriptedResolver answer(String name, String... addresses) {
        answers.computeIfAbsent(name, _ -> new ArrayDeque<>())
                .add(Stream.of(addresses).map(InetAddress::ofLiteral).toList());
        return this;
    }

    @Override
    public Uni<List<InetAddress>> resolve(String name) {
        asked.add(name);
        var script = answers.get(name);
        if (script == null) {
            return Uni.createFrom().failure(new EgressFailure(EgressFailure.Kind.UNREACHABLE, false, null));
        }
        return Uni.createFrom().item(script.size() > 1 ? script.removeFirst() : script.getFirst());
    }
}
