package io.flowmaestro.connections.local.proof.oauth;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Callers that come back until there is a token, or word that there will be none. */
final class Settling {
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Callers callers;
    private final Duration longest;

    /** @param longest after which a connection counts as one that does not settle */
    Settling(Callers callers, Duration longest) {
        this.callers = callers;
        this.longest = longest;
    }

    /** The last answer for each of the connections. */
    Map<Held, Given> settle(Broker broker, List<Held> connections) throws Exception {
        var answers = new HashMap<Held, Given>();
        var pending = new ArrayList<>(connections);
        var deadline = System.nanoTime() + longest.toNanos();
        while (!pending.isEmpty() && System.nanoTime() < deadline) {
            var asked = pending.stream().map(held -> callers.ask(broker, held)).toList();
            var given = Callers.await(asked);
            for (int i = 0; i < pending.size(); i++) {
                answers.put(pending.get(i), given.get(i));
            }
            pending.removeIf(held -> answers.get(held).isFinal());
            Thread.sleep(PAUSE);
        }
        return answers;
    }
}
