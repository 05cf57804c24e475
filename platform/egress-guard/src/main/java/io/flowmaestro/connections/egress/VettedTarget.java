package io.flowmaestro.connections.egress;

import java.net.InetAddress;

/** A URL together with the one address it may be called at. Only {@link EgressGuard} makes these. */
public final class VettedTarget {

    private final EgressUrl url;
    private final InetAddress address;

    VettedTarget(EgressUrl url, InetAddress address) {
        this.url = url;
        this.address = address;
    }

    /** Canonical host, IPv6 in brackets. */
    public String host() {
        return url.host().authority();
    }

    public int port() {
        return url.port();
    }

    public boolean tls() {
        return url.tls();
    }

    /** Canonical {@code scheme://host:port}; two URLs share an origin if and only if these are equal. */
    public String origin() {
        return url.toString();
    }

    /** Where to connect; internal to the guard so that it reaches neither users nor logs. */
    InetAddress address() {
        return address;
    }

    String pathAndQuery() {
        return url.pathAndQuery();
    }

    @Override
    public String toString() {
        return origin();
    }
}
