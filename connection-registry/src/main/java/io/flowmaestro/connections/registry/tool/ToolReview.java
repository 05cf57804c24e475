package io.flowmaestro.connections.registry.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.toolhash.ToolHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A connection's tools as its server last listed them, beside what its owner has approved. Whoever saves a connection has
 * seen its tools, so those of the first look count as approved; so do those of a new server's.
 */
public final class ToolReview {

    private final Map<String, JsonNode> listed;
    private final Map<String, JsonNode> approved;
    private final ToolPolicy policy;

    private ToolReview(Map<String, JsonNode> listed, Map<String, JsonNode> approved, ToolPolicy policy) {
        this.listed = listed;
        this.approved = approved;
        this.policy = policy;
    }

    /** A server that nobody has looked at before. */
    public static ToolReview first(JsonNode tools, ToolPolicy policy) {
        var listed = byName(tools);
        return new ToolReview(listed, listed, policy);
    }

    /** As it is stored, each column as JSON or null. */
    public static ToolReview stored(@Nullable String tools, @Nullable String approved, @Nullable String policy) {
        var listed = tools == null ? Map.<String, JsonNode>of() : byName(ToolJson.read(tools));
        return new ToolReview(
                listed, approved == null ? listed : members(ToolJson.read(approved)), storedPolicy(policy));
    }

    private static ToolPolicy storedPolicy(@Nullable String policy) {
        if (policy == null) {
            return ToolPolicy.OPEN;
        }
        var stored = ToolJson.read(policy);
        var allowed = stored.path("allowed_tools");
        return new ToolPolicy(
                stored.path("require_approval").asBoolean(),
                allowed.isArray()
                        ? StreamSupport.stream(allowed.spliterator(), false)
                                .map(JsonNode::asText)
                                .toList()
                        : null);
    }

    /** After another look at the same server. */
    public ToolReview relisted(JsonNode tools) {
        return new ToolReview(byName(tools), approved, policy);
    }

    public ToolReview with(ToolPolicy other) {
        return new ToolReview(listed, approved, other);
    }

    public ToolPolicy policy() {
        return policy;
    }

    public ToolChanges changesTo(ToolReview later) {
        return ToolChanges.between(listed, later.listed);
    }

    /** Names with hashes of which there is no such definition to approve. */
    public List<String> stale(List<Approval> approvals) {
        var shown = new LinkedHashMap<String, String>();
        tools().forEach(tool -> shown.put(tool.name(), tool.hash()));
        return approvals.stream()
                .filter(approval -> !approval.hash().equals(shown.get(approval.name())))
                .map(Approval::name)
                .toList();
    }

    /** A tool by the hash of the definition that is approved. */
    public record Approval(String name, String hash) {}

    /** After the approval of definitions, none of which may be stale; that of a removed tool is to forget it. */
    public ToolReview approve(List<Approval> approvals) {
        var after = new LinkedHashMap<>(approved);
        approvals.forEach(approval -> {
            var definition = listed.get(approval.name());
            if (definition == null) {
                after.remove(approval.name());
            } else {
                after.put(approval.name(), definition);
            }
        });
        return new ToolReview(listed, after, policy);
    }

    /** Those that the server lists, in its order, then those that it no longer lists. */
    public List<ReviewedTool> tools() {
        var tools = new ArrayList<ReviewedTool>();
        listed.forEach((name, definition) -> tools.add(reviewed(definition, approved.get(name))));
        approved.forEach((name, definition) -> {
            if (!listed.containsKey(name)) {
                tools.add(ReviewedTool.of(definition, ToolState.REMOVED, null));
            }
        });
        return tools;
    }

    private static ReviewedTool reviewed(JsonNode definition, @Nullable JsonNode before) {
        if (before == null) {
            return ReviewedTool.of(definition, ToolState.NEW, null);
        }
        return ToolHash.of(before).equals(ToolHash.of(definition))
                ? ReviewedTool.of(definition, ToolState.UNCHANGED, null)
                : ReviewedTool.of(definition, ToolState.CHANGED, before);
    }

    public String storedApproved() {
        ObjectNode stored = JsonNodeFactory.instance.objectNode();
        approved.forEach(stored::set);
        return stored.toString();
    }

    /** With the hashes of what is approved, so that whoever calls a tool need not read definitions. */
    public String storedPolicy() {
        ObjectNode stored = JsonNodeFactory.instance.objectNode();
        stored.put("require_approval", policy.requireApproval());
        if (policy.allowedTools() == null) {
            stored.putNull("allowed_tools");
        } else {
            policy.allowedTools().forEach(stored.putArray("allowed_tools")::add);
        }
        var hashes = stored.putObject("approved");
        approved.forEach((name, definition) -> hashes.put(name, ToolHash.of(definition)));
        return stored.toString();
    }

    private static Map<String, JsonNode> byName(JsonNode tools) {
        var byName = new LinkedHashMap<String, JsonNode>();
        tools.forEach(tool -> byName.put(tool.path("name").asText(), tool));
        return byName;
    }

    private static Map<String, JsonNode> members(JsonNode object) {
        var members = new LinkedHashMap<String, JsonNode>();
        object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }
}
