package io.flowmaestro.connections.reference;

import java.io.IOException;
import java.util.Map;

/** What each variable does, as Markdown. */
final class Descriptions {

    private final Sources sources;
    private final Map<String, String> written;

    Descriptions(Sources sources) throws IOException {
        this.sources = sources;
        this.written = WrittenByHand.of("variables.properties");
    }

    /** The line written for it, else the javadoc of the key that it sets, else the comment in the properties file. */
    String of(Variable variable) {
        String line = written.getOrDefault(variable.name(), "");
        if (!line.isEmpty()) {
            return line;
        }
        return variable.uses().stream()
                .flatMap(use -> sources.setting(use.property()).stream())
                .map(Setting::description)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .or(() -> variable.uses().stream()
                        .map(Placeholder::comment)
                        .filter(text -> !text.isEmpty())
                        .findFirst())
                .orElseGet(() -> "Sets `" + variable.uses().getFirst().property() + "`.");
    }
}
