/** What keeps the process's memory, and so its keys, off the disk. */
@NullMarked
package io.flowmaestro.connections.vault.memory;

import org.jspecify.annotations.NullMarked;
