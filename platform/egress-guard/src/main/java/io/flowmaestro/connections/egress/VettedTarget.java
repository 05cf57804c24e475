package io.flowmaestro.connections.egress;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;

/** A URL together with the one address it may be called at. Only {@link EgressGuard} makes these. */
public final class VettedTarget {

    private final EgressUrl url;
    private final InetAddress address;
    private final String host;
    private final String origin;
    private final String endpoint;
    private final SocketAddress server;

    /** What each request says of it is put into words once: a target is called again and again. */
    VettedTarget(EgressUrl url, InetAddress address) {
        this.url = url;
        this.address = address;
        this.host = url.host().authority();
        this.origin = url.toString();
        this.endpoint = origin + "@" + address.getHostAddress();
        this.server = SocketAddress.inetSocketAddress(url.port(), address.getHostAddress());
    }

    /** Canonical host, IPv6 in brackets. */
    public String host() {
        return host;
    }

    public int port() {
        return url.port();
    }

    public boolean tls() {
        return url.tls();
    }

    /** Canonical {@code scheme://host:port}; two URLs share an origin if and only if these are equal. */
    public String origin() {
        return origin;
    }

    /** The origin at this one address. */
    String endpoint() {
        return endpoint;
    }

    /** Where to connect; internal to the guard so that it reaches neither users nor logs. */
    InetAddress address() {
        return address;
    }

    /** The address and the port, as Vert.x takes them. */
    SocketAddress server() {
        return server;
    }

    String pathAndQuery() {
        return url.pathAndQuery();
    }

    @Override
    public String toString() {
        return origin;
    }
}
