package io.flowmaestro.connections.registry.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.StorableText;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is to change about a connection's tools; what the body leaves out stays as it is. */
public final class ToolPolicyRequest {

    private static final Set<String> KNOWN = Set.of("require_approval", "allowed_tools", "approve");
    private static final int MOST = 2_000;
    private static final int LONGEST_NAME = 256;

    private final ObjectNode body;
    private final List<Violation> violations = new ArrayList<>();
    private final List<ToolReview.Approval> approvals;
    private final @Nullable List<String> allowed;

    private ToolPolicyRequest(ObjectNode body) {
        this.body = body;
        body.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                violations.add(
                        new Violation(name, "is not known; known are: allowed_tools, approve, require_approval"));
            }
        });
        if (body.has("require_approval") && !body.get("require_approval").isBoolean()) {
            violations.add(new Violation("require_approval", "must be true or false"));
        }
        allowed = names(body.path("allowed_tools"));
        approvals = approvals(body.path("approve"));
    }

    /**
     * Reads a body.
     *
     * @throws io.flowmaestro.connections.http.ProblemException 400 naming everything that is wrong
     */
    public static ToolPolicyRequest read(@Nullable JsonNode body) {
        if (!(body instanceof ObjectNode object)) {
            throw RegistryProblem.invalid(List.of(new Violation("body", "must be a JSON object")));
        }
        var request = new ToolPolicyRequest(object);
        if (!request.violations.isEmpty()) {
            throw RegistryProblem.invalid(request.violations);
        }
        return request;
    }

    public List<ToolReview.Approval> approvals() {
        return approvals;
    }

    /** The policy that follows from the one there is. */
    public ToolPolicy applied(ToolPolicy current) {
        return new ToolPolicy(
                body.path("require_approval").asBoolean(current.requireApproval()),
                body.has("allowed_tools") ? allowed : current.allowedTools());
    }

    private @Nullable List<String> names(JsonNode given) {
        if (given.isMissingNode() || given.isNull()) {
            return null;
        }
        var names = new LinkedHashSet<String>();
        if (!given.isArray() || given.size() > MOST) {
            violations.add(
                    new Violation("allowed_tools", "must be null or a list of at most %d names".formatted(MOST)));
            return null;
        }
        for (int i = 0; i < given.size(); i++) {
            if (isName(given.get(i))) {
                names.add(given.get(i).textValue());
            } else {
                violations.add(new Violation("allowed_tools[%d]".formatted(i), nameRule()));
            }
        }
        return List.copyOf(names);
    }

    private List<ToolReview.Approval> approvals(JsonNode given) {
        var read = new ArrayList<ToolReview.Approval>();
        if (given.isMissingNode()) {
            return read;
        }
        if (!given.isArray() || given.size() > MOST) {
            violations.add(new Violation("approve", "must be a list of at most %d tools".formatted(MOST)));
            return read;
        }
        for (int i = 0; i < given.size(); i++) {
            var name = given.get(i).path("name");
            var hash = given.get(i).path("hash").asText();
            if (isName(name) && hash.matches("[0-9a-f]{64}") && given.get(i).size() == 2) {
                read.add(new ToolReview.Approval(name.textValue(), hash));
            } else {
                violations.add(new Violation(
                        "approve[%d]".formatted(i),
                        "must be {name, hash} as GET …/tools shows them, and nothing else"));
            }
        }
        return read;
    }

    private static boolean isName(JsonNode name) {
        return name.isTextual()
                && !name.textValue().isBlank()
                && name.textValue().length() <= LONGEST_NAME
                && !StorableText.isUnstorable(name.textValue());
    }

    private static String nameRule() {
        return "must be a tool's name of 1 to %d characters".formatted(LONGEST_NAME);
    }
}
