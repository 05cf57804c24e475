package io.flowmaestro.connections.vault.keyring;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * What there is to know of a user's data key, without the key.
 *
 * @param minimumVersion versions below it open nothing any more
 * @param rotatedAt when the newest version was made
 * @param versions the newest first
 */
public record UserKeys(
        UUID keyId, int newestVersion, int minimumVersion, OffsetDateTime rotatedAt, List<Version> versions) {

    /**
     * One version.
     *
     * @param messagesReserved an upper bound of the messages that were sealed with it
     */
    public record Version(int version, OffsetDateTime createdAt, long messagesReserved, UUID kekId) {}
}
