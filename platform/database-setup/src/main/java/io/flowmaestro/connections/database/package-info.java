/** Brings a PostgreSQL database to the state that a service expects: schema, roles, migrations. */
@NullMarked
package io.flowmaestro.connections.database;

import org.jspecify.annotations.NullMarked;
