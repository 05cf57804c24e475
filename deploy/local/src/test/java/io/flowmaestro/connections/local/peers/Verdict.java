package io.flowmaestro.connections.local.peers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the conformance suite found in one scenario.
 *
 * @param passed checks that succeeded
 * @param complaints checks that failed or made it warn, with its words
 */
record Verdict(String scenario, long passed, List<String> complaints) {
    private static final Pattern MOMENT = Pattern.compile("-\\d{4}-\\d{2}-\\d{2}T[\\d-]+Z$");

    /** Stricter than the suite, which lets warnings pass. */
    boolean holds() {
        return passed > 0 && complaints.isEmpty();
    }

    /**
     * Reads one.
     *
     * @param results the folder that all are in, each in one named after side, scenario and moment
     */
    static Verdict read(Path results, Path checks, Side side) throws IOException {
        var folder = results.relativize(checks.getParent()).toString();
        var scenario = MOMENT.matcher(folder).replaceFirst("");
        var found = new JsonArray(Files.readString(checks))
                .stream().map(JsonObject.class::cast).toList();
        return new Verdict(
                side == Side.SERVER ? scenario.substring("server-".length()) : scenario,
                found.stream().filter(check -> is(check, "SUCCESS")).count(),
                found.stream()
                        .filter(check -> is(check, "FAILURE") || is(check, "WARNING"))
                        .map(Verdict::complaint)
                        .toList());
    }

    private static boolean is(JsonObject check, String status) {
        return status.equals(check.getString("status"));
    }

    private static String complaint(JsonObject check) {
        return check.getString("status") + " " + check.getString("id") + ": "
                + check.getString("errorMessage", check.getString("description"));
    }
}
