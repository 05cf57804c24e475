package io.flowmaestro.connections.oauthclient;

import io.flowmaestro.connections.egress.EgressFailure;
import io.flowmaestro.connections.egress.EgressRefused;

/** An issuer's metadata could not be read or may not be used. The message names the issuer and what to do. */
public final class DiscoveryFailed extends RuntimeException {

    /** Whether it says something of the document, and not only that there is none. */
    private final boolean ofTheDocument;

    private DiscoveryFailed(String issuer, String problem, boolean ofTheDocument) {
        super("The metadata of the issuer " + issuer + " cannot be used: " + problem + ".");
        this.ofTheDocument = ofTheDocument;
    }

    static DiscoveryFailed unreachable(String issuer, Throwable failure) {
        return switch (failure) {
            case EgressFailure away -> new DiscoveryFailed(issuer, Wording.of(away), false);
            case EgressRefused refused ->
                new DiscoveryFailed(issuer, "its address is not allowed: " + Wording.of(refused), false);
            default -> new DiscoveryFailed(issuer, "its address is not a URL", false);
        };
    }

    static DiscoveryFailed absent(String issuer, int status) {
        return new DiscoveryFailed(issuer, "it answered with status " + status, false);
    }

    static DiscoveryFailed unreadable(String issuer) {
        return new DiscoveryFailed(issuer, "it is not JSON", false);
    }

    static DiscoveryFailed wrong(String issuer, String problem) {
        return new DiscoveryFailed(issuer, problem, true);
    }

    static Throwable moreTelling(Throwable first, Throwable second) {
        return first instanceof DiscoveryFailed failed && failed.ofTheDocument ? first : second;
    }
}
