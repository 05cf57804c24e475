/** The write-ahead log of refreshes: who may call a provider, what was sent, and answers that nothing can lose. */
@NullMarked
package io.flowmaestro.connections.oauth.attempt;

import org.jspecify.annotations.NullMarked;
