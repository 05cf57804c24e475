package io.flowmaestro.connections.benchmarks.load;

/** A call under load was not answered with 200. */
public final class LoadFailed extends RuntimeException {

    private static final int ENOUGH = 500;

    LoadFailed(String target, int status, String answer) {
        super("%s answered %d: %s".formatted(target, status, answer.substring(0, Math.min(answer.length(), ENOUGH))));
    }
}
