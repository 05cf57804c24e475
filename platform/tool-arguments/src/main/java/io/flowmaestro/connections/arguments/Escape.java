package io.flowmaestro.connections.arguments;

import java.util.Map;

/** Escapes of ECMA-262, written so that RE2 and {@code java.util.regex} read them alike. */
final class Escape {

    /** White space and line ends of ECMA-262 (sections 12.2 and 12.3), which are more than in either engine. */
    private static final String SPACES = "\\t\\n\\x0B\\f\\r\\x{FEFF}\\p{Z}";

    private static final Map<String, String> LONG_CATEGORIES = Map.of(
            "Letter", "L",
            "Lowercase_Letter", "Ll",
            "Uppercase_Letter", "Lu",
            "Mark", "M",
            "Number", "N",
            "Decimal_Number", "Nd",
            "Punctuation", "P",
            "Symbol", "S",
            "Separator", "Z");

    private Escape() {}

    /** Just behind a backslash. */
    static String outsideOfClass(PatternSource source) {
        if (source.skip("s")) {
            return "[" + SPACES + "]";
        }
        return source.skip("S") ? "[^" + SPACES + "]" : common(source);
    }

    static String insideOfClass(PatternSource source) {
        if (source.skip("b")) {
            return "\\x08";
        }
        return source.skip("s") ? SPACES : common(source);
    }

    private static String common(PatternSource source) {
        char character = source.take();
        return switch (character) {
            case 'd', 'D', 'w', 'W', 'n', 'r', 't', 'f' -> "\\" + character;
            case 'v' -> "\\x0B";
            case 'x' -> codePoint(source.takeHex(2));
            case 'u' -> unicode(source);
            case 'c' -> control(source.take());
            case 'p', 'P' -> "\\" + character + "{" + category(source) + "}";
            case '0' -> {
                EcmaPattern.require(!source.at('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'));
                yield "\\x00";
            }
            default -> {
                EcmaPattern.require(!isAlphanumeric(character));
                yield literal(character);
            }
        };
    }

    private static String unicode(PatternSource source) {
        if (source.skip("{")) {
            var hex = source.takeUntil('}');
            EcmaPattern.require(hex.matches("[0-9A-Fa-f]{1,6}"));
            return codePoint(Integer.parseInt(hex, 16));
        }
        int unit = source.takeHex(4);
        if (!Character.isHighSurrogate((char) unit)) {
            return codePoint(unit);
        }
        EcmaPattern.require(source.skip("\\u"));
        int low = source.takeHex(4);
        EcmaPattern.require(Character.isLowSurrogate((char) low));
        return codePoint(Character.toCodePoint((char) unit, (char) low));
    }

    private static String codePoint(int codePoint) {
        EcmaPattern.require(Character.isValidCodePoint(codePoint) && !isSurrogate(codePoint));
        return "\\x{%X}".formatted(codePoint);
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static String control(char letter) {
        EcmaPattern.require((letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z'));
        return codePoint(letter % 32);
    }

    private static String category(PatternSource source) {
        EcmaPattern.require(source.skip("{"));
        var name = source.takeUntil('}').replaceFirst("^(General_Category|gc)=", "");
        var category = LONG_CATEGORIES.getOrDefault(name, name);
        EcmaPattern.require(category.matches("[CLMNPSZ][a-z]?"));
        return category;
    }

    private static boolean isAlphanumeric(char character) {
        return character < 128 && (Character.isLetterOrDigit(character) || character == '_');
    }

    /** A character that means itself. */
    static String literal(char character) {
        boolean plain = character >= 128 || isAlphanumeric(character) || Character.isWhitespace(character);
        return plain || Character.isISOControl(character) ? String.valueOf(character) : "\\" + character;
    }
}
