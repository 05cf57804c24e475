/** What was done with keys and records: appended in batches, chained by a MAC, and verified on request. */
@NullMarked
package io.flowmaestro.connections.vault.audit;

import org.jspecify.annotations.NullMarked;
