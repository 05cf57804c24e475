/** credential-vault: sealing in process against the JCA, and its calls over HTTP against each other and a baseline. */
@NullMarked
package io.flowmaestro.connections.benchmarks.vault;

import org.jspecify.annotations.NullMarked;
