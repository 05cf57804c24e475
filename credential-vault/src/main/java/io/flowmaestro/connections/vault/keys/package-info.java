/** What an operator does with keys, and what can be seen of them; never a key itself. */
@NullMarked
package io.flowmaestro.connections.vault.keys;

import org.jspecify.annotations.NullMarked;
