package io.flowmaestro.connections.migration.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flowmaestro.connections.migration.refusal.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * How far a run has come, beside its report: what it was asked, how much of the report is certain, and the last id of
 * each table. Written anew after each batch; a crash leaves the former one, and the report then says the rest.
 *
 * @param bytes of the report that were written when this was
 * @param sha256 of those bytes, in hexadecimal
 */
record RunState(
        Map<String, String> settings, long bytes, String sha256, Map<String, String> lastIds, boolean finished) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    static Path file(Path report) {
        return report.resolveSibling(report.getFileName() + ".state");
    }

    static RunState read(Path report) {
        Path file = file(report);
        try {
            JsonNode state = JSON.readTree(Files.readString(file));
            return new RunState(
                    JSON.convertValue(state.required("settings"), TEXTS),
                    state.required("report_bytes").longValue(),
                    state.required("report_sha256").textValue(),
                    JSON.convertValue(state.required("last_ids"), TEXTS),
                    state.required("finished").booleanValue());
        } catch (IOException | IllegalArgumentException unusable) {
            throw Refusal.usage("There is nothing to go on with: " + file + " is missing or is no state of an import."
                    + " Start anew without --resume and with another --report; what is imported stays as it is.");
        }
    }

    void write(Path report) throws IOException {
        Path file = file(report);
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        var json = JSON.createObjectNode();
        json.set("settings", JSON.valueToTree(settings));
        json.put("report_bytes", bytes);
        json.put("report_sha256", sha256);
        json.set("last_ids", JSON.valueToTree(lastIds));
        json.put("finished", finished);
        Files.writeString(draft, json.toPrettyString() + "\n");
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
