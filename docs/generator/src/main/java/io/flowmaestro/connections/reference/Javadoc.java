package io.flowmaestro.connections.reference;

import org.jspecify.annotations.Nullable;

/** The text of a doc comment as one line of Markdown. */
final class Javadoc {

    private Javadoc() {}

    static String markdown(@Nullable String comment) {
        if (comment == null) {
            return "";
        }
        int tags = comment.indexOf("\n @");
        return (tags < 0 ? comment : comment.substring(0, tags))
                .replaceAll("\\{@code\\s+((?:[^{}]|\\{[^{}]*})*)}", "`$1`")
                .replaceAll("\\{@link(?:plain)?\\s+[^}\\s]*[#.]?\\b(\\w+)(?:\\([^)]*\\))?}", "`$1`")
                .replaceAll("\\{@link(?:plain)?\\s+\\S+ ([^}]*)}", "$1")
                .replaceAll("</?p>", "")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
