package io.flowmaestro.connections.registry.tool;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.toolhash.ToolHash;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names of what a server has changed from one look at it to the next. */
public record ToolChanges(List<String> added, List<String> changed, List<String> removed) {

    public static final ToolChanges NONE = new ToolChanges(List.of(), List.of(), List.of());

    private static final int MOST_NAMED = 50;
    private static final int LONGEST_NAME = 256;

    static ToolChanges between(Map<String, JsonNode> before, Map<String, JsonNode> after) {
        return new ToolChanges(
                without(after.keySet(), before.keySet()),
                after.entrySet().stream()
                        .filter(tool -> isOther(before.get(tool.getKey()), tool.getValue()))
                        .map(Map.Entry::getKey)
                        .toList(),
                without(before.keySet(), after.keySet()));
    }

    private static boolean isOther(@Nullable JsonNode before, JsonNode after) {
        return before != null && !ToolHash.of(before).equals(ToolHash.of(after));
    }

    private static List<String> without(Set<String> names, Set<String> others) {
        return names.stream().filter(name -> !others.contains(name)).toList();
    }

    public boolean isEmpty() {
        return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
    }

    /** For the record: what there is of each, and at most {@value #MOST_NAMED} names of it. */
    public Map<String, Object> details() {
        var details = new HashMap<String, Object>();
        details.putAll(named("added", added));
        details.putAll(named("changed", changed));
        details.putAll(named("removed", removed));
        return details;
    }

    /** The names under a key, cut, and then their number beside them. */
    public static Map<String, Object> named(String key, Collection<String> names) {
        var details = new LinkedHashMap<String, Object>();
        if (!names.isEmpty()) {
            details.put(
                    key, names.stream().limit(MOST_NAMED).map(ToolChanges::cut).toList());
        }
        if (names.size() > MOST_NAMED) {
            details.put(key + "_count", names.size());
        }
        return details;
    }

    /** A name is its server's choice of any length; half a character could not be stored. */
    private static String cut(String name) {
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        boolean splits = Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1));
        return name.substring(0, splits ? LONGEST_NAME - 1 : LONGEST_NAME);
    }
}
