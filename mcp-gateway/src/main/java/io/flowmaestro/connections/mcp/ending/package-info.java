/** What ends with a connection, or with the credential that it had. */
@NullMarked
package io.flowmaestro.connections.mcp.ending;

import org.jspecify.annotations.NullMarked;
