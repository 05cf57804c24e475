package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out of the pages of a server's lists what an earlier page, or the same one, has already: of several definitions under
 * a name the first is the one that is looked at and approved, as in {@link Lists}, so no caller is shown another one. What the
 * earlier pages had is known for as long as the session; beyond the bounds each page stands for itself.
 */
final class ListedBefore {

    private static final Logger LOG = Logger.getLogger(ListedBefore.class);

    /** Places in lists that are remembered, of one session. */
    private static final int MOST_PLACES = 256;

    private static final int MOST_PAGES = 64;
    private static final int MOST_ENTRIES = 2_000;

    /** Characters of keys and cursors, of one session. What several places share counts for each. */
    private static final long MOST_CHARACTERS = 1L << 20;

    /** What an entry takes besides, in characters. */
    private static final int ENTRY = 64;

    private final Map<Place, Pages> before = new LinkedHashMap<>();
    private long characters;

    /** Where a page begins. */
    private record Place(Offer offer, String cursor) {}

    /** The keys of a page, and the pages that came before it. */
    private record Pages(Set<String> keys, @Nullable Pages earlier, int count, int entries, long characters) {

        static Pages of(Set<String> keys, @Nullable Pages earlier) {
            long own = keys.stream().mapToLong(key -> key.length() + ENTRY).sum();
            return earlier == null
                    ? new Pages(keys, null, 1, keys.size(), own)
                    : new Pages(
                            keys, earlier, earlier.count + 1, earlier.entries + keys.size(), earlier.characters + own);
        }

        boolean have(String key) {
            for (@Nullable Pages page = this; page != null; page = page.earlier) {
                if (page.keys.contains(key)) {
                    return true;
                }
            }
            return false;
        }

        boolean areFew() {
            return count <= MOST_PAGES && entries <= MOST_ENTRIES;
        }
    }

    /** Takes the params that the page was asked for with. */
    ObjectNode firstsOnly(Offer offer, ObjectNode params, ObjectNode page) {
        if (page.get(offer.list()) instanceof ArrayNode entries) {
            var earlier = before(new Place(offer, params.path("cursor").asText("")));
            var keys = new HashSet<String>();
            int all = entries.size();
            entries.removeIf(entry -> !isFirst(offer, entry, keys, earlier));
            if (entries.size() < all) {
                leftOut(offer, all - entries.size());
            }
            remember(new Place(offer, page.path("nextCursor").asText("")), Pages.of(keys, earlier));
        }
        return page;
    }

    /** What has no key is no entry: no list that is read here has it either. */
    private static boolean isFirst(Offer offer, JsonNode entry, Set<String> keys, @Nullable Pages earlier) {
        var key = entry.path(offer.key()).textValue();
        return key != null && (earlier == null || !earlier.have(key)) && keys.add(key);
    }

    private synchronized @Nullable Pages before(Place place) {
        return place.cursor().isEmpty() ? null : before.get(place);
    }

    private synchronized void remember(Place next, Pages pages) {
        if (next.cursor().isEmpty()) {
            return;
        }
        forget(next);
        if (pages.areFew()) {
            before.put(next, pages);
            characters += size(next, pages);
        }
        while (before.size() > MOST_PLACES || characters > MOST_CHARACTERS) {
            forget(before.keySet().iterator().next());
        }
    }

    private void forget(Place place) {
        var pages = before.remove(place);
        characters -= pages == null ? 0 : size(place, pages);
    }

    private static long size(Place place, Pages pages) {
        return place.cursor().length() + pages.characters();
    }

    static void leftOut(Offer offer, int entries) {
        LOG.infof(
                "%d entries of a server's %s are left out: they are there twice, or have no name",
                entries, offer.list());
    }
}
