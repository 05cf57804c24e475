package io.flowmaestro.connections.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that a credential holds, by the names of the connection's data: also what only this provider has, such as an
 * account id or a site. Any of it may be secret, so values come as {@link Secret}.
 */
public final class Fields {

    private final ObjectNode values;

    Fields(ObjectNode values) {
        this.values = values;
    }

    /** A text, number or boolean as text; empty when there is none of that name. */
    public Optional<Secret> get(String name) {
        return Optional.ofNullable(values.get(name))
                .filter(JsonNode::isValueNode)
                .filter(value -> !value.isNull())
                .map(value -> new Secret(value.asText()));
    }

    /** The names that there are. */
    public Set<String> names() {
        var names = new LinkedHashSet<String>();
        values.fieldNames().forEachRemaining(names::add);
        return names;
    }

    Secret require(String name) {
        return get(name)
                .orElseThrow(() -> new UnexpectedAnswerException(
                        "The credential has no \"" + name + "\". Is this library older than the broker?"));
    }

    @Override
    public String toString() {
        return "Fields" + names();
    }
}
