package io.flowmaestro.connections.mcp.endpoint.destination;

import java.util.UUID;

/** A connection among all of its user's, and the prefix that its names have there. */
record Named(UUID id, String name, String slug) {}
