/** What a source row becomes, and why it cannot. */
@NullMarked
package io.flowmaestro.connections.migration.row;

import org.jspecify.annotations.NullMarked;
