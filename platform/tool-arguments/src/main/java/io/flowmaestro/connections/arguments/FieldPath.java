package io.flowmaestro.connections.arguments;

import com.networknt.schema.path.NodePath;

/** Places in the arguments as callers read them: {@code filter.tags[2]}. */
final class FieldPath {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST = 500;

    private FieldPath() {}

    static String of(NodePath location) {
        var path = new StringBuilder();
        for (int i = 0; i < location.getNameCount() && path.length() < LONGEST; i++) {
            if (location.getElement(i) instanceof Integer index) {
                path.append('[').append(index).append(']');
            } else {
                append(path, String.valueOf(location.getElement(i)));
            }
        }
        return path.toString();
    }

    static String of(NodePath location, String property) {
        var path = new StringBuilder(of(location));
        append(path, property);
        return path.toString();
    }

    private static void append(StringBuilder path, String name) {
        path.append(path.isEmpty() ? "" : ".").append(Text.shown(name, LONGEST_NAME));
    }
}
