/** What the migration Job of a deployment runs. */
@NullMarked
package io.flowmaestro.connections.schema;

import org.jspecify.annotations.NullMarked;
