/** Tokens that are to be ended at their providers, after their connections. */
@NullMarked
package io.flowmaestro.connections.registry.revocation;

import org.jspecify.annotations.NullMarked;
