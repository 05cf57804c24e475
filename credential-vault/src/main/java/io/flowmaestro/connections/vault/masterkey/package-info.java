/** The key encryption key: where it comes from, and the proof that it is the one this database was sealed with. */
@NullMarked
package io.flowmaestro.connections.vault.masterkey;

import org.jspecify.annotations.NullMarked;
