/** What the vault answers with when it cannot do what was asked. */
@NullMarked
package io.flowmaestro.connections.vault.problem;

import org.jspecify.annotations.NullMarked;
