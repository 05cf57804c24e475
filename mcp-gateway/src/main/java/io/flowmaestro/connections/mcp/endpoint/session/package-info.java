/** Sessions of the revisions before 2026-07-28, which no replica has to remember. */
@NullMarked
package io.flowmaestro.connections.mcp.endpoint.session;

import org.jspecify.annotations.NullMarked;
