package io.flowmaestro.connections.vault.shredding;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** What a restored database is shredded by. */
@ConfigMapping(prefix = "vault.shred-ledger")
interface ShredLedgerConfig {

    /** The ledger as {@code GET /internal/shred-ledger} gave it; from {@code SHRED_LEDGER_FILE}. Needed after a restore. */
    Optional<Path> file();
}
