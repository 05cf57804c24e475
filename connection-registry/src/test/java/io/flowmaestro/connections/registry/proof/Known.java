package io.flowmaestro.connections.registry.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** What a user was told: ids, cursors and entity tags, to be sent back. */
final class Known {

    private static final int KEPT = 40;
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9a-f-]{36})\"");
    private static final Pattern CURSOR = Pattern.compile("\"next_cursor\":\"([^\"]+)\"");

    private final Map<String, List<String>> values = new HashMap<>();

    /** Takes note of an answer. */
    synchronized void learn(Operation operation, Answer answer) {
        learn(kindAt(operation.path()), ID, answer.text());
        learn("cursor", CURSOR, answer.text());
        answer.header("etag").ifPresent(tag -> add("tag", tag));
    }

    /** Which parameter the ids in an answer of this path are good for. */
    private static String kindAt(String path) {
        if (path.contains("/deliveries")) {
            return "deliveryId";
        }
        if (path.startsWith("/api/webhooks")) {
            return "webhookId";
        }
        return path.contains("/templates") && !path.endsWith("/import") ? "templateId" : "id";
    }

    private void learn(String kind, Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        for (int i = 0; i < 3 && matcher.find(); i++) {
            add(kind, matcher.group(1));
        }
    }

    private void add(String kind, String value) {
        List<String> all = values.computeIfAbsent(kind, _ -> new ArrayList<>());
        if (all.size() == KEPT) {
            all.removeFirst();
        }
        all.add(value);
    }

    synchronized Optional<String> any(String kind, RandomGenerator random) {
        List<String> all = values.getOrDefault(kind, List.of());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }
}
