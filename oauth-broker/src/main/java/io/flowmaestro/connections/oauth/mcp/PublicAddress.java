package io.flowmaestro.connections.oauth.mcp;

/** Where the suite is on the web. */
public interface PublicAddress {

    /** Without a slash at its end. */
    String base();

    boolean https();

    /** Where authorization servers send the browser back to. */
    String callback(String provider);
}
