package io.flowmaestro.connections.emulator;

import java.util.Map;

/** What the emulator answers. */
record Reply(int status, Map<String, String> headers, String body) {

    static Reply json(int status, Object body) {
        return new Reply(status, Map.of("Content-Type", "application/json"), body.toString());
    }

    static Reply redirect(String location) {
        return new Reply(302, Map.of("Location", location), "");
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), "");
    }
}
