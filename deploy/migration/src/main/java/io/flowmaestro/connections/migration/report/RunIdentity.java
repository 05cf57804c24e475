package io.flowmaestro.connections.migration.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What must be the same for a run to go on where another one stopped. */
public record RunIdentity(
        String source, String schema, List<String> tables, boolean dryRun, String users, String timeZone) {

    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("--from", source);
        settings.put("--schema", schema);
        settings.put("--table", String.join(",", tables));
        settings.put("--dry-run", Boolean.toString(dryRun));
        settings.put("--issuer", users);
        settings.put("--time-zone", timeZone);
        return settings;
    }

    /** The option in which the other one differs. */
    Optional<String> difference(Map<String, String> other) {
        return settings().entrySet().stream()
                .filter(setting -> !setting.getValue().equals(other.get(setting.getKey())))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
