package io.flowmaestro.connections.emulator;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Form-encoded parameters. */
final class Forms {

    private Forms() {}

    static Map<String, String> parse(String form, Complaints complaints) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : form.split("&", -1)) {
            if (!pair.isEmpty()) {
                String[] halves = pair.split("=", 2);
                String old = parameters.put(decoded(halves[0]), halves.length == 2 ? decoded(halves[1]) : "");
                complaints.unless(old == null, "the parameter " + halves[0] + " came twice");
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
