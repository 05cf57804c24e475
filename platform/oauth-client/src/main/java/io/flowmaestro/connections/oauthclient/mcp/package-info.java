/**
 * How one becomes a client of a protected MCP server (its authorization specification of 2025-06-18, 2025-11-25 and
 * 2026-07-28): which authorization server guards it, what that wants, and who we are there.
 */
@NullMarked
package io.flowmaestro.connections.oauthclient.mcp;

import org.jspecify.annotations.NullMarked;
