package io.flowmaestro.connections.verification;

import java.util.Collection;

/** The sentences of verdicts. What they name are the provider, statuses and fields, all from the catalogue. */
record Wording(String provider, String connectionMethod) {

    String accepted() {
        return "%s accepted %s.".formatted(provider, credential());
    }

    String acceptedRestricted() {
        return "%s accepted %s, which has restricted rights.".formatted(provider, credential());
    }

    /** @param answer the status, or what else the answer was */
    String rejected(String answer) {
        return "%s refused %s (%s). %s".formatted(provider, credential(), answer, advice());
    }

    String limited(int status) {
        return "%s limits requests right now (%d), which says nothing about %s. Test again later."
                .formatted(provider, status, credential());
    }

    String outOfOrder(int status) {
        return "%s has a problem of its own right now (%d), which says nothing about %s. Test again later."
                .formatted(provider, status, credential());
    }

    String redirected(int status) {
        return "%s answered with a redirect (%d), which is not followed. Check the connection's base URL or host."
                .formatted(provider, status);
    }

    String unexpected(int status) {
        return "%s answered with status %d, which says nothing about %s. Check the connection's base URL or host if it has one; otherwise test again later."
                .formatted(provider, status, credential());
    }

    String unreadable() {
        return "%s gave an answer that cannot be read, which says nothing about %s. Test again later."
                .formatted(provider, credential());
    }

    String unreachable(String reason) {
        return "%s gave no answer: %s. This says nothing about %s; test again later."
                .formatted(provider, reason, credential());
    }

    String nothingToAsk() {
        return "The catalogue knows no request that tests %s of %s. Use the connection to find out whether it works."
                .formatted(credential(), provider);
    }

    String lacks(Collection<String> fields) {
        return "The test of %s needs %s, which the connection does not hold, or not in an allowed form. Add it and test again."
                .formatted(provider, String.join(", ", fields));
    }

    String noBaseUrl() {
        return "The connection says nowhere where the API is. Add its base_url and test again.";
    }

    String unsendable(String header) {
        return "The header %s cannot be sent: its value has characters that no header may hold. Check the credential for line breaks and other stray characters, and store it again."
                .formatted(header);
    }

    String headerNotAllowed() {
        return "One of the connection's headers has a name that may not be sent. Use header names such as X-API-Key.";
    }

    String notAllowed(String why) {
        return "The connection's URL cannot be called. " + why;
    }

    String lacksRights(int status) {
        return "%s does not let this credential answer the test (%d), for want of a right. It may work for what it was made for."
                .formatted(provider, status);
    }

    String lacksScope(int status, Collection<String> scopes) {
        return "%s does not let this token answer the test (%d): it lacks the scope %s. The token may work for what it was granted."
                .formatted(provider, status, String.join(" ", scopes));
    }

    private String credential() {
        return switch (connectionMethod) {
            case "api_key" -> "the API key";
            case "oauth2" -> "the access token";
            case "basic_auth" -> "the user name and password";
            default -> "the credential";
        };
    }

    private String advice() {
        return switch (connectionMethod) {
            case "api_key" -> "Check that the key is complete and still valid, and store a new one if it is not.";
            case "oauth2" -> "Reconnect to get a new one.";
            case "basic_auth" -> "Check both, and store them again.";
            default -> "Check it, and store it again.";
        };
    }
}
