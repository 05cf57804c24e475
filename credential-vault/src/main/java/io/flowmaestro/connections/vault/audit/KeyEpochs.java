package io.flowmaestro.connections.vault.audit;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The numbers that users' keys stood at when their events were recorded. A key in memory that was loaded at another
 * number is out of date; a user without a number has no keys.
 */
public record KeyEpochs(Map<UUID, Long> byUser) {

    static final KeyEpochs NONE = new KeyEpochs(Map.of());

    public KeyEpochs {
        byUser = Map.copyOf(byUser);
    }

    public OptionalLong of(UUID user) {
        var epoch = byUser.get(user);
        return epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch);
    }

    KeyEpochs only(Collection<UUID> users) {
        var some = new HashMap<>(byUser);
        some.keySet().retainAll(users);
        return new KeyEpochs(some);
    }
}
