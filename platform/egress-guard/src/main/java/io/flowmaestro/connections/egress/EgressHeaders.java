package io.flowmaestro.connections.egress;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Headers that may be set, as {@link HeaderRules} say. They are looked at once, however often their request is made over. */
public final class EgressHeaders extends AbstractMap<String, String> {

    private final SortedMap<String, String> checked;

    private EgressHeaders(SortedMap<String, String> checked) {
        this.checked = checked;
    }

    /**
     * Looks at each of them.
     *
     * @throws IllegalArgumentException when one of them may not be set
     */
    public static EgressHeaders of(Map<String, String> headers) {
        if (headers instanceof EgressHeaders checked) {
            return checked;
        }
        return new EgressHeaders(Collections.emptySortedMap()).and(headers);
    }

    /**
     * These and more of them; of a name that both have, whatever its case, the latter value.
     *
     * @throws IllegalArgumentException when one of the latter may not be set
     */
    public EgressHeaders and(Map<String, String> more) {
        var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(checked);
        more.forEach((name, value) -> {
            HeaderRules.require(name, value);
            all.put(name, value);
        });
        return new EgressHeaders(Collections.unmodifiableSortedMap(all));
    }

    /** Whatever the case of the name. */
    @Override
    public @Nullable String get(Object name) {
        return checked.get(name);
    }

    @Override
    public boolean containsKey(Object name) {
        return checked.containsKey(name);
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return checked.entrySet();
    }

    @Override
    public String toString() {
        // Values may be secrets.
        return size() + " headers";
    }
}
