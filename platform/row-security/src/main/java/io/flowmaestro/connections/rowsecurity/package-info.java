/** Runs database work as one user, so that PostgreSQL shows and changes that user's rows only. */
@NullMarked
package io.flowmaestro.connections.rowsecurity;

import org.jspecify.annotations.NullMarked;
