package io.flowmaestro.connections.testing;

import com.github.tomakehurst.wiremock.client.WireMock;

/** The scriptable server behind every peer URL. */
public final class Peers {

    static final String PORT = "connections.test.peers-port";

    private Peers() {}

    /** A client to script it and to ask what it received. */
    public static WireMock wiremock() {
        return new WireMock("127.0.0.1", port());
    }

    public static int port() {
        return Integer.getInteger(PORT);
    }

    public static String url() {
        return "http://127.0.0.1:" + port();
    }
}
