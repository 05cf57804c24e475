/** What a sealed record is: the primitive, the associated data that binds it to its place, and its JSON form. */
@NullMarked
package io.flowmaestro.connections.vault.envelope;

import org.jspecify.annotations.NullMarked;
