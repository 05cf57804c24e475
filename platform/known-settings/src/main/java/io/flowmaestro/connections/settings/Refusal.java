package io.flowmaestro.connections.settings;

import java.util.List;

/** How a service says that it does not start, whichever check of its configuration found the reasons. */
public final class Refusal {

    private Refusal() {}

    /**
     * What is printed, of several lines.
     *
     * @param complaints a sentence or two for each setting, without its value
     */
    public static String of(List<String> complaints) {
        return "This service does not start, because of its configuration:\n  - "
                + String.join("\n  - ", complaints)
                + "\ndocs/configuration.md lists every setting.";
    }
}
