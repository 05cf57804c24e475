package io.flowmaestro.connections.oauthclient;

import io.flowmaestro.connections.egress.EgressFailure;
import io.flowmaestro.connections.egress.EgressRefused;

/** Says what went wrong on the way to a provider, without anything that the provider sent. */
public final class Wording {

    private Wording() {}

    /** Why an address may not be called, for the end of a sentence that brings its own full stop. */
    static String of(EgressRefused refused) {
        String reason = String.valueOf(refused.getMessage());
        return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
    }

    public static String of(EgressFailure failure) {
        if (failure.isFullOfOwnCalls()) {
            return "this user's own calls to the provider take all the places that one user may have";
        }
        return switch (failure.kind()) {
            case UNREACHABLE -> "the provider cannot be reached";
            case TIMEOUT -> "the provider did not answer in time";
            case TOO_LARGE -> "the provider's answer is too large";
            case PROTOCOL -> "the provider's answer is not valid HTTP";
            case TLS -> "no trusted TLS connection to the provider is possible";
        };
    }
}
