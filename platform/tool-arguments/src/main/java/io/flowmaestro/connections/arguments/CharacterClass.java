package io.flowmaestro.connections.arguments;

/** Character classes of ECMA-262. */
final class CharacterClass {

    private CharacterClass() {}

    /** Just behind the opening bracket; reads up to the closing one, and writes the whole class. */
    static String rest(PatternSource source) {
        var out = new StringBuilder("[");
        if (source.skip("^")) {
            if (source.skip("]")) {
                return "(?s:.)";
            }
            out.append('^');
        }
        boolean empty = true;
        boolean afterSet = false;
        while (!source.skip("]")) {
            char character = source.take();
            if (character == '\\') {
                afterSet = source.at('d', 'D', 'w', 'W', 's', 'p', 'P');
                out.append(Escape.insideOfClass(source));
            } else if (character == '-') {
                // Behind a set it makes no range.
                out.append(afterSet || empty || source.at(']') ? "\\-" : "-");
                afterSet = false;
            } else {
                out.append(Escape.literal(character));
                afterSet = false;
            }
            empty = false;
        }
        EcmaPattern.require(!empty);
        return out.append(']').toString();
    }
}
