package io.flowmaestro.connections.architecture;

import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One operation of an API, in one spelling.
 *
 * @param method in capitals
 * @param path without the patterns that a parameter may have in the code
 * @param roles any one of them will do; empty where nobody has to say who calls
 */
record Operation(String method, String path, NavigableSet<String> roles) {
    private static final Pattern PARAMETER = Pattern.compile("\\{\\s*(\\w+)[^}]*}");
    private static final Pattern SLASHES = Pattern.compile("/+");

    static Operation of(String method, String path, Iterable<String> roles) {
        NavigableSet<String> sorted = new TreeSet<>();
        roles.forEach(sorted::add);
        return new Operation(method.toUpperCase(Locale.ROOT), normalised(path), sorted);
    }

    private static String normalised(String path) {
        String bare = PARAMETER.matcher("/" + path + "/").replaceAll("{$1}");
        String single = SLASHES.matcher(bare).replaceAll("/");
        return single.length() > 1 ? single.substring(0, single.length() - 1) : single;
    }

    @Override
    public String toString() {
        return method + " " + path + " for " + (roles.isEmpty() ? "anybody" : String.join(", ", roles));
    }
}
