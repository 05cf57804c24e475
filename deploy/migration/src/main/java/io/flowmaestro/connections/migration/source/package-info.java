/** The database that rows come from: read only, whatever of the known shapes it has. */
@NullMarked
package io.flowmaestro.connections.migration.source;

import org.jspecify.annotations.NullMarked;
