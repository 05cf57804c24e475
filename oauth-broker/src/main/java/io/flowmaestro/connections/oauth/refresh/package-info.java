/** Keeping access tokens alive: one call at the provider for any number of callers and replicas. */
@NullMarked
package io.flowmaestro.connections.oauth.refresh;

import org.jspecify.annotations.NullMarked;
