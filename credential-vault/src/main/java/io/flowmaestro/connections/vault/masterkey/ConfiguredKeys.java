package io.flowmaestro.connections.vault.masterkey;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The key encryption keys that this replica was given: its own, and during a change of keys a second one. */
record ConfiguredKeys(ConfiguredKey current, Optional<ConfiguredKey> next) {

    List<ConfiguredKey> all() {
        return Stream.concat(Stream.of(current), next.stream()).toList();
    }
}
