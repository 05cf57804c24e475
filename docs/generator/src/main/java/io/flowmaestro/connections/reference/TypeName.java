package io.flowmaestro.connections.reference;

/**
 * The type of a key.
 *
 * @param element its innermost type, without packages
 */
record TypeName(boolean optional, boolean list, boolean map, String element) {

    static TypeName of(String written) {
        boolean optional = written.startsWith("Optional");
        String inner = optional ? written.replaceFirst("^Optional(?:Int|Long)?<?(.*?)>?$", "$1") : written;
        boolean list = inner.startsWith("List<") || inner.startsWith("Set<");
        boolean map = inner.startsWith("Map<");
        String element = list
                ? inner.substring(inner.indexOf('<') + 1, inner.lastIndexOf('>'))
                : map
                        ? inner.substring(inner.indexOf(',') + 1, inner.lastIndexOf('>'))
                                .strip()
                        : inner;
        return new TypeName(optional, list, map, element);
    }

    String forPeople() {
        String one = switch (element) {
            case "String" -> "text";
            case "int", "long", "Integer", "Long", "double", "Double", "" -> "number";
            case "boolean", "Boolean" -> "true or false";
            case "Duration" -> "duration";
            case "URI", "URL" -> "URL";
            case "Path" -> "file or folder";
            default -> element;
        };
        return list ? "list of " + one + "s" : one;
    }
}
