package io.flowmaestro.connections.oauthclient.mcp;

import io.flowmaestro.connections.egress.EgressFailure;
import io.flowmaestro.connections.egress.EgressRefused;
import io.flowmaestro.connections.egress.Refusal;
import io.flowmaestro.connections.oauthclient.Wording;

/**
 * An MCP server cannot be signed in to. The message is for the user, and quotes neither the server nor its
 * authorization server. An expected outcome, hence without a stack.
 */
public final class AuthorizationRefused extends RuntimeException {

    /** What kind of refusal it is. */
    public enum Kind {
        /** What was asked for is no address of a server, so nobody was asked. */
        NOT_A_URL,
        /** The server asks for no token, and says nothing of an authorization server. */
        NOT_OFFERED,
        /** What it says must not be used. */
        UNUSABLE,
        /** It, or its authorization server, did not answer. */
        UNREACHABLE,
        /** A host that the operator does not permit. */
        FORBIDDEN,
        /** An address that may not be called. */
        URL_NOT_ALLOWED
    }

    private final Kind kind;

    private AuthorizationRefused(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    static AuthorizationRefused notAUrl() {
        return new AuthorizationRefused(
                Kind.NOT_A_URL, "server_url must be an http or https URL without a user name and a fragment.");
    }

    static AuthorizationRefused notOffered() {
        return new AuthorizationRefused(
                Kind.NOT_OFFERED,
                "The MCP server asks for no sign-in, and does not say where one would be (RFC 9728). Connect it"
                        + " without OAuth.");
    }

    static AuthorizationRefused unusable(String what) {
        return new AuthorizationRefused(Kind.UNUSABLE, what + " Tell whoever runs the MCP server.");
    }

    static AuthorizationRefused failing(String whom, int status) {
        return new AuthorizationRefused(
                Kind.UNREACHABLE, whom + " answers with status " + status + ". Try again in a while.");
    }

    /** @param whom {@code The MCP server} and the like */
    static RuntimeException unanswered(String whom, Throwable failure) {
        return switch (failure) {
            case AuthorizationRefused refused -> refused;
            case EgressRefused refused
            when refused.reason() instanceof Refusal.NotPermitted forbidden ->
                new AuthorizationRefused(Kind.FORBIDDEN, forbidden.message());
            case EgressRefused refused ->
                new AuthorizationRefused(
                        Kind.URL_NOT_ALLOWED, whom + " has an address that is not allowed: " + refused.getMessage());
            case EgressFailure away ->
                new AuthorizationRefused(
                        Kind.UNREACHABLE, whom + " cannot be asked: " + Wording.of(away) + ". Try again in a while.");
            case RuntimeException defect -> defect;
            default -> new IllegalStateException(failure);
        };
    }
}
