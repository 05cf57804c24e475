package io.flowmaestro.connections.migration.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flowmaestro.connections.migration.refusal.Refusal;
import io.flowmaestro.connections.migration.source.Table;
import java.util.Optional;

/**
 * What became of one row. Holds no secret.
 *
 * @param id as the source writes it
 * @param userId as the services know the user; empty where the row has none that they could know
 */
public record ReportLine(
        Table table,
        String id,
        Optional<String> userId,
        String outcome,
        Optional<String> code,
        Optional<String> detail) {

    private static final ObjectMapper JSON = new ObjectMapper();

    String json() {
        var line = JsonNodeFactory.instance.objectNode();
        line.put("table", table.tableName());
        line.put("id", id);
        userId.ifPresentOrElse(user -> line.put("user_id", user), () -> line.putNull("user_id"));
        line.put("outcome", outcome);
        code.ifPresent(text -> line.put("code", text));
        detail.ifPresent(text -> line.put("detail", text));
        return line.toString();
    }

    /** Empty for a line that is torn, or of something else. */
    static Optional<ReportLine> parsed(String text) {
        try {
            JsonNode line = JSON.readTree(text);
            return text(line, "table")
                    .flatMap(ReportLine::table)
                    .flatMap(table -> text(line, "id")
                            .flatMap(id -> text(line, "outcome")
                                    .map(outcome -> new ReportLine(
                                            table,
                                            id,
                                            text(line, "user_id"),
                                            outcome,
                                            text(line, "code"),
                                            text(line, "detail")))));
        } catch (JsonProcessingException torn) {
            return Optional.empty();
        }
    }

    private static Optional<Table> table(String name) {
        try {
            return Optional.of(Table.named(name));
        } catch (Refusal unknown) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode line, String field) {
        return Optional.of(line.path(field)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }
}
