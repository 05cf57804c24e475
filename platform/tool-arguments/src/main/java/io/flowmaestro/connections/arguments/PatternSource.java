package io.flowmaestro.connections.arguments;

import java.util.Optional;
import java.util.regex.Pattern;

/** A pattern that is being read. */
final class PatternSource {

    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,6})(,(\\d{1,6})?)?}");

    private final String text;
    private int next;
    private String skipped = "";

    PatternSource(String text) {
        this.text = text;
    }

    /** A repetition as it is written, and the most that it asks for. */
    record Count(String written, long most) {}

    boolean atEnd() {
        return next == text.length();
    }

    /** @throws EcmaPattern.Inexpressible at the end */
    char take() {
        EcmaPattern.require(!atEnd());
        return text.charAt(next++);
    }

    boolean at(char... any) {
        for (char each : any) {
            if (!atEnd() && text.charAt(next) == each) {
                return true;
            }
        }
        return false;
    }

    boolean skip(String expected) {
        boolean there = text.startsWith(expected, next);
        if (there) {
            next += expected.length();
            skipped = expected;
        }
        return there;
    }

    String lastSkipped() {
        return skipped;
    }

    void skipPast(char end) {
        int at = text.indexOf(end, next);
        EcmaPattern.require(at >= 0);
        next = at + 1;
    }

    /** So many hexadecimal digits.
     *
     * @throws EcmaPattern.Inexpressible when there are fewer
     */
    int takeHex(int digits) {
        EcmaPattern.require(next + digits <= text.length());
        var hex = text.substring(next, next + digits);
        EcmaPattern.require(hex.chars().allMatch(digit -> Character.digit(digit, 16) >= 0 && digit < 128));
        next += digits;
        return Integer.parseInt(hex, 16);
    }

    /** What stands before the character, which is taken as well. */
    String takeUntil(char end) {
        int from = next;
        skipPast(end);
        return text.substring(from, next - 1);
    }

    /** Just behind an opening brace: the repetition that it begins, if it begins one. */
    Optional<Count> takeCount() {
        var matcher = COUNT.matcher(text).region(next - 1, text.length());
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        next = matcher.end();
        var most = matcher.group(3) == null ? matcher.group(1) : matcher.group(3);
        return Optional.of(new Count(matcher.group(), Long.parseLong(most)));
    }
}
