package io.flowmaestro.connections.arguments;

/** Texts of others in messages of ours. */
final class Text {

    private Text() {}

    /** Cut to a length, and without what has no visible form. */
    static String shown(String text, int longest) {
        var shown = new StringBuilder();
        text.codePoints()
                .limit(longest)
                .map(character -> isVisible(character) ? character : '\uFFFD')
                .forEach(shown::appendCodePoint);
        return text.codePointCount(0, text.length()) > longest ? shown + "…" : shown.toString();
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> false;
            default -> true;
        };
    }
}
