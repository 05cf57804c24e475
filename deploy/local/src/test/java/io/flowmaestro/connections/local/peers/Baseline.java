package io.flowmaestro.connections.local.peers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The scenarios that may fail, and have to: one that passes is refused by the conformance suite itself, which reads the
 * same file. Why each of them is there stands beside it.
 */
record Baseline(Path file, List<String> exceptions) {
    static Baseline of(Side side, String revision, Era era) throws IOException {
        var kind = era == Era.of(revision) ? "baseline" : "cross-era";
        var file = Path.of(ProofParts.script("conformance/" + kind + "-" + revision + ".yaml"));
        return new Baseline(file, Requirements.lists(file).getOrDefault(side.word(), List.of()));
    }
}
