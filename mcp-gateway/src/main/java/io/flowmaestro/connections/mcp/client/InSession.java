package io.flowmaestro.connections.mcp.client;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The result of a request whose effect is in the session that it was made in. */
public record InSession(OpenSession session, ObjectNode result) {}
