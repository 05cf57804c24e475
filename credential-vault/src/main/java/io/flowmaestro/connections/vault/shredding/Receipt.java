package io.flowmaestro.connections.vault.shredding;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;

/**
 * The answer to a wish to destroy a user's keys: from now on nothing that was sealed for the user opens.
 *
 * @param destroyed every key of the user that was ever destroyed, the latest first; empty when there never was one
 */
@JsonInclude
record Receipt(UUID userId, List<LedgerEntry> destroyed) {}
