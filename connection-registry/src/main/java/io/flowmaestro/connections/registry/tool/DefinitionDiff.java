package io.flowmaestro.connections.registry.tool;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.flowmaestro.connections.toolhash.ToolHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What has changed between two definitions of a tool, for somebody who has to approve it. */
final class DefinitionDiff {

    private static final int MOST = 50;
    private static final int LONGEST = 2_000;

    private final List<Change> changes = new ArrayList<>();

    private DefinitionDiff() {}

    /**
     * One change.
     *
     * @param path JSON Pointer (RFC 6901) into the definition
     * @param before absent when there was nothing
     * @param after absent when there is nothing any more
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Change(
            String path,
            @Nullable JsonNode before,
            @Nullable JsonNode after) {}

    /** At most {@value #MOST} changes; values longer than {@value #LONGEST} characters are cut and become text. */
    static List<Change> of(JsonNode before, JsonNode after) {
        var diff = new DefinitionDiff();
        diff.compare("", ToolHash.whatCounts(before), ToolHash.whatCounts(after));
        return List.copyOf(diff.changes);
    }

    private void compare(String path, @Nullable JsonNode before, @Nullable JsonNode after) {
        if (changes.size() >= MOST || isSame(before, after)) {
            return;
        }
        if (before != null && after != null && before.isObject() && after.isObject()) {
            var names = new TreeSet<String>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(path + "/" + escaped(name), before.get(name), after.get(name)));
        } else if (before != null && after != null && before.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                compare(path + "/" + i, before.get(i), after.get(i));
            }
        } else {
            changes.add(new Change(path, shown(before), shown(after)));
        }
    }

    /** Numbers by value: they may have been through the database on one side only. */
    private static boolean isSame(@Nullable JsonNode before, @Nullable JsonNode after) {
        return (before == null || after == null)
                ? Objects.equals(before, after)
                : before.equals(DefinitionDiff::byValue, after);
    }

    private static int byValue(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static @Nullable JsonNode shown(@Nullable JsonNode value) {
        if (value == null) {
            return null;
        }
        var text = value.isTextual() ? value.textValue() : value.toString();
        return text.length() <= LONGEST ? value : TextNode.valueOf(text.substring(0, LONGEST) + "…");
    }
}
