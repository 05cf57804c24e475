/** The registry's import operation, with its faults. */
@NullMarked
package io.flowmaestro.connections.migration.registry;

import org.jspecify.annotations.NullMarked;
