package io.flowmaestro.connections.migration.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** An entry of the registry's request in the making, with what was changed on the way. */
final class Entry {
    private final ObjectNode body = JsonNodeFactory.instance.objectNode();
    private final List<String> notes = new ArrayList<>();

    void put(String field, String value) {
        body.put(field, value);
    }

    void set(String field, JsonNode value) {
        body.set(field, value);
    }

    void note(String note) {
        notes.add(note);
    }

    ObjectNode body() {
        return body;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
