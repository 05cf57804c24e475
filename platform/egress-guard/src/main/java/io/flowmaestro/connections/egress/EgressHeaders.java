package io.flowmaestro.connections.egress;

import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Headers that may be set, as {@link HeaderRules} say. They are looked at once, however often their request is made over. A request
 * has few of them, so a name is looked for among all.
 */
public final class EgressHeaders extends AbstractMap<String, String> {

    private static final EgressHeaders NONE = new EgressHeaders(new String[0]);

    /** Names, each with its value behind it. */
    private final String[] pairs;

    private EgressHeaders(String[] pairs) {
        this.pairs = pairs;
    }

    /**
     * Looks at each of them.
     *
     * @throws IllegalArgumentException when one of them may not be set
     */
    public static EgressHeaders of(Map<String, String> headers) {
        return NONE.and(headers);
    }

    /**
     * These and more of them; of a name that both have, whatever its case, the latter value.
     *
     * @throws IllegalArgumentException when one of the latter may not be set
     */
    public EgressHeaders and(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        if (pairs.length == 0 && more instanceof EgressHeaders alone) {
            return alone;
        }
        var joined = new Joined(pairs, more.size());
        if (more instanceof EgressHeaders known) {
            known.forEach(joined::put);
        } else {
            more.forEach((name, value) -> {
                HeaderRules.require(name, value);
                joined.put(name, value);
            });
        }
        return new EgressHeaders(Arrays.copyOf(joined.pairs, joined.length));
    }

    /** Where those of both are put. */
    private static final class Joined {

        private final String[] pairs;
        private int length;

        Joined(String[] first, int more) {
            length = first.length;
            pairs = Arrays.copyOf(first, length + 2 * more);
        }

        void put(String name, String value) {
            int at = place(pairs, length, name);
            if (at < 0) {
                at = length;
                pairs[at] = name;
                length += 2;
            }
            pairs[at + 1] = value;
        }
    }

    private static int place(String[] pairs, int length, String name) {
        for (int at = 0; at < length; at += 2) {
            if (pairs[at].equalsIgnoreCase(name)) {
                return at;
            }
        }
        return -1;
    }

    /** Whatever the case of the name. */
    @Override
    public @Nullable String get(Object name) {
        int at = name instanceof String text ? place(pairs, pairs.length, text) : -1;
        return at < 0 ? null : pairs[at + 1];
    }

    @Override
    public boolean containsKey(Object name) {
        return get(name) != null;
    }

    @Override
    public int size() {
        return pairs.length / 2;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super String> each) {
        for (int at = 0; at < pairs.length; at += 2) {
            each.accept(pairs[at], pairs[at + 1]);
        }
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        var entries = new LinkedHashSet<Entry<String, String>>();
        forEach((name, value) -> entries.add(Map.entry(name, value)));
        return Collections.unmodifiableSet(entries);
    }

    @Override
    public String toString() {
        // Values may be secrets.
        return size() + " headers";
    }
}
