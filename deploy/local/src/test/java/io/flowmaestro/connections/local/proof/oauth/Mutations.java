package io.flowmaestro.connections.local.proof.oauth;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Changes to a callback after each of which it must not be accepted by a provider that always names its issuer. */
final class Mutations {
    private static final String ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~ <>\"'&%=";

    private final RandomGenerator random;

    Mutations(RandomGenerator random) {
        this.random = random;
    }

    /** One change that breaks it, and up to three that only decorate it. */
    Callback of(Callback valid, Callback ofSomebodyElse) {
        var broken = switch (random.nextInt(7)) {
            case 0, 1 -> state(valid, ofSomebodyElse);
            case 2 -> browser(valid, ofSomebodyElse);
            case 3 -> code(valid);
            case 4 -> issuer(valid);
            case 5 -> valid.adding("error", random.nextBoolean() ? payload() : "access_denied");
            default -> provider(valid);
        };
        for (int i = random.nextInt(4); i > 0; i--) {
            broken = decorated(broken);
        }
        return broken;
    }

    private Callback state(Callback valid, Callback ofSomebodyElse) {
        return switch (random.nextInt(4)) {
            case 0 -> valid.without("state");
            case 1 -> valid.adding("state", random.nextBoolean() ? valid.value("state") : payload());
            case 2 -> valid.with("state", ofSomebodyElse.value("state"));
            default -> valid.with("state", changed(valid.value("state")));
        };
    }

    private Callback browser(Callback valid, Callback ofSomebodyElse) {
        return valid.withBrowser(
                switch (random.nextInt(3)) {
                    case 0 -> Optional.empty();
                    case 1 -> ofSomebodyElse.browser();
                    default -> valid.browser().map(value -> other(value, asCookie(changed(value))));
                });
    }

    private Callback code(Callback valid) {
        return switch (random.nextInt(3)) {
            case 0 -> valid.without("code");
            case 1 -> valid.with("code", "");
            default -> valid.adding("code", payload());
        };
    }

    private Callback issuer(Callback valid) {
        return switch (random.nextInt(4)) {
            case 0 -> valid.without("iss");
            case 1 -> valid.adding("iss", valid.value("iss"));
            case 2 -> valid.with("iss", payload());
            default -> valid.with("iss", changed(valid.value("iss")));
        };
    }

    private Callback provider(Callback valid) {
        var path = switch (random.nextInt(3)) {
            case 0 -> "attacked-other";
            case 1 -> payload();
            default -> changed(valid.provider());
        };
        return valid.withProvider(other(valid.provider(), path.replaceAll("[/\\\\]", "")));
    }

    private Callback decorated(Callback callback) {
        return callback.adding(
                pick(List.of(
                        "error_description", "error_uri", "scope", "session_state", "return_to", "callback", "name")),
                payload());
    }

    private String payload() {
        return pick(Payloads.ALL);
    }

    /** Certainly another text. */
    private String changed(String text) {
        var at = random.nextInt(text.length());
        var other = switch (random.nextInt(6)) {
            case 0 -> text.substring(0, at);
            case 1 -> text + ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            case 2 -> text.substring(0, at) + payload() + text.substring(at);
            case 3 -> new StringBuilder(text).reverse().toString();
            case 4 -> text.substring(0, at) + text.substring(at + 1);
            default ->
                text.substring(0, at) + ALPHABET.charAt(random.nextInt(ALPHABET.length())) + text.substring(at + 1);
        };
        return other(text, other);
    }

    private static String other(String text, String candidate) {
        return candidate.equals(text) ? text + "x" : candidate;
    }

    /** What a header can hold; a browser sends nothing else. */
    private static String asCookie(String text) {
        return text.replaceAll("[^\\x21\\x23-\\x2b\\x2d-\\x3a\\x3c-\\x5b\\x5d-\\x7e]", "_");
    }

    private <T> T pick(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
