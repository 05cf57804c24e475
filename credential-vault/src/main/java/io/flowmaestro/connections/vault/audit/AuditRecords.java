package io.flowmaestro.connections.vault.audit;

import io.vertx.core.Future;
import java.util.List;

/** Where records are kept. */
interface AuditRecords {

    /**
     * Stores all of them or none, and reads the epochs of the users they name.
     *
     * @return completed once they are committed; a failure leaves open whether they are
     */
    Future<KeyEpochs> add(List<SealedRecord> records);
}
