package io.flowmaestro.connections.observability;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Names of metrics in a query: the identifiers that are no function, no keyword and no label. */
final class Promql {
    private static final Set<String> KEYWORDS = Set.of(
            "and",
            "or",
            "unless",
            "by",
            "without",
            "on",
            "ignoring",
            "group_left",
            "group_right",
            "offset",
            "bool",
            "inf",
            "nan");
    private static final Pattern TEXTS = Pattern.compile("\"[^\"]*\"|'[^']*'");
    private static final Pattern LABELS = Pattern.compile("\\{[^}]*\\}");
    private static final Pattern RANGES = Pattern.compile("\\[[^\\]]*\\]");
    private static final Pattern GROUPINGS =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)");
    private static final Pattern NUMBERS = Pattern.compile("\\b[0-9][0-9a-z.]*\\b");
    private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(?!\\s*\\(|[a-zA-Z0-9_:])");

    private Promql() {}

    static Set<String> metrics(String query) {
        String bare = query;
        for (Pattern noise : new Pattern[] {TEXTS, LABELS, RANGES, GROUPINGS, NUMBERS}) {
            bare = noise.matcher(bare).replaceAll(" ");
        }
        Set<String> names = new TreeSet<>();
        IDENTIFIER.matcher(bare).results().map(found -> found.group()).forEach(names::add);
        names.removeAll(KEYWORDS);
        return names;
    }
}
