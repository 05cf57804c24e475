package io.flowmaestro.connections.worker;

import java.net.URI;
import java.util.Set;

/** Addresses that a bearer token or a client secret may be sent to. */
final class Address {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Address() {}

    /** Https, or plain http on loopback or where the caller allows it. Without a slash at its end. */
    static URI checked(String what, URI address, boolean plainHttpAllowed) {
        boolean plain = "http".equals(address.getScheme())
                && (plainHttpAllowed || (address.getHost() != null && LOOPBACK.contains(address.getHost())));
        if (address.getHost() == null
                || address.getRawUserInfo() != null
                || !(plain || "https".equals(address.getScheme()))) {
            throw new IllegalArgumentException(what
                    + " must be an https URL without user and password. Plain http is for loopback, and for a network"
                    + " that encrypts by itself: then call allowPlainHttp().");
        }
        String text = address.toString();
        return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }
}
