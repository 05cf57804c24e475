package io.flowmaestro.connections.local.frontdoor;

/**
 * A service behind the front door.
 *
 * @param name as the person who reads a problem knows it
 */
public record Upstream(String name, String host, int port) {}
