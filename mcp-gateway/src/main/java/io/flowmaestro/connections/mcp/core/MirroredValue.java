package io.flowmaestro.connections.mcp.core;

import java.math.BigDecimal;

/**
 * A parameter of a tool call that goes into a header as well (2026-07-28, {@code x-mcp-header}).
 *
 * @param text as it was before it was encoded for the header
 * @param number whether it is compared as one: 42.0 is 42
 */
public record MirroredValue(String header, String text, boolean number) {

    /** Whether a header with this text, decoded, says the same. */
    public boolean says(String given) {
        return text.equals(given) || (number && isSameNumber(given));
    }

    private boolean isSameNumber(String given) {
        try {
            // No exponent, and no more digits than a header has room for numbers.
            return given.matches("-?[0-9]{1,20}(\\.[0-9]{1,20})?")
                    && new BigDecimal(given).compareTo(new BigDecimal(text)) == 0;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
