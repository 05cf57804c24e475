package io.flowmaestro.connections.vault.kms.transit;

import java.util.Optional;
import java.util.regex.Pattern;

/** A token for the server. It is a header's text, so it cannot be wiped; printing it shows a placeholder. */
final class TransitToken {

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,16384}");

    private final String text;

    private TransitToken(String text) {
        this.text = text;
    }

    /** Nothing if the text is no token, whatever else it is. */
    static Optional<TransitToken> of(String text) {
        return Optional.of(text.strip())
                .filter(stripped -> FORM.matcher(stripped).matches())
                .map(TransitToken::new);
    }

    String reveal() {
        return text;
    }

    boolean isSameAs(TransitToken other) {
        return text.equals(other.text);
    }

    @Override
    public String toString() {
        return "TransitToken[redacted]";
    }
}
