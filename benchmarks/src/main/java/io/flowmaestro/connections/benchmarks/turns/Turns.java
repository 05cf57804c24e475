package io.flowmaestro.connections.benchmarks.turns;

import io.flowmaestro.connections.benchmarks.load.LoadClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How scenarios take turns: round after round, every other one in the opposite order.
 *
 * @param warmUp of each, before the first round
 * @param round how long one measurement takes
 */
public record Turns(Duration warmUp, int rounds, Duration round) {

    public void run(LoadClient client, String name, List<Scenario> scenarios) {
        IO.println("  warming up, " + name);
        scenarios.forEach(scenario -> scenario.warmUp(client, warmUp));
        IntStream.range(0, rounds).forEach(number -> {
            IO.println("  round %d of %d, %s".formatted(number + 1, rounds, name));
            var order = number % 2 == 0 ? scenarios : scenarios.reversed();
            order.forEach(scenario -> scenario.measure(client, round));
        });
    }
}
