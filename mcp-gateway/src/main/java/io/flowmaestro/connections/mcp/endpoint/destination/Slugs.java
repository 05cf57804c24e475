package io.flowmaestro.connections.mcp.endpoint.destination;

import io.flowmaestro.connections.mcp.core.Digests;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Gives each connection a prefix made of its name: {@code [a-z0-9-]}, so that an underscore ends it. Of several with the
 * same name the oldest has it plain, and the others with a digest of their id, which no later connection changes.
 */
final class Slugs {

    private static final int LONGEST = 20;
    private static final int DIGEST = 6;

    private Slugs() {}

    static List<Named> of(List<UserConnections.Found> connections) {
        var taken = new HashSet<String>();
        var named = new ArrayList<Named>();
        // Ids are made in the order of time (UUIDv7).
        for (var found : connections.stream()
                .sorted(Comparator.comparing(UserConnections.Found::id, Slugs::byText))
                .toList()) {
            var slug = plain(found.name());
            if (!taken.add(slug)) {
                slug = slug + "-" + digest(found.id().toString()).substring(0, DIGEST);
                if (!taken.add(slug)) {
                    slug = digest(found.id().toString()).substring(0, LONGEST);
                    taken.add(slug);
                }
            }
            named.add(new Named(found.id(), found.name(), slug));
        }
        return named;
    }

    private static int byText(UUID one, UUID other) {
        return one.toString().compareTo(other.toString());
    }

    private static String plain(String name) {
        var letters = Normalizer.normalize(name, Normalizer.Form.NFKD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        var cut = letters.substring(0, Math.min(LONGEST, letters.length())).replaceAll("^-|-$", "");
        return cut.isEmpty() ? "connection" : cut;
    }

    private static String digest(String text) {
        return Digests.sha256(text);
    }
}
