package io.flowmaestro.connections.egress;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Headers that may be set, as {@link HeaderRules} say. They are looked at once, however often their request is made over. */
final class EgressHeaders extends AbstractMap<String, String> {

    private final Map<String, String> checked;

    private EgressHeaders(Map<String, String> checked) {
        this.checked = checked;
    }

    /** @throws IllegalArgumentException when one of them may not be set */
    static EgressHeaders of(Map<String, String> headers) {
        if (headers instanceof EgressHeaders checked) {
            return checked;
        }
        var copy = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach(HeaderRules::require);
        copy.putAll(headers);
        return new EgressHeaders(Collections.unmodifiableMap(copy));
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
}
