package io.flowmaestro.connections.registry.proof;

import java.util.random.RandomGenerator;

/** Writes JSON by hand, since no library writes what is wrong. */
final class JsonText {

    private JsonText() {}

    /** A JSON string, with escapes or raw characters by chance. */
    static String quote(String text, RandomGenerator random) {
        boolean ascii = random.nextBoolean();
        var quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c) || (ascii && c > '~')) {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** Breaks a document in one of the ways in which documents are broken. */
    static String broken(String json, RandomGenerator random) {
        return switch (random.nextInt(14)) {
            case 0 -> "";
            case 1 -> json.substring(0, random.nextInt(json.length() + 1));
            case 2 -> json + json;
            case 3 -> "\ufeff" + json;
            case 4 -> "[" + json + "]";
            case 5 -> "[".repeat(1 << random.nextInt(17));
            case 6 -> Oddities.nested(1 << random.nextInt(15));
            case 7 -> json.replaceFirst("\\{", "{\"name\":\"x\",\"name\":\"y\",");
            case 8 -> json.replaceFirst("\\{", "{\"" + "k".repeat(1 << random.nextInt(17)) + "\":1,");
            case 9 -> "{\"data\":" + "9".repeat(1 << random.nextInt(12)) + "}";
            case 10 -> "'" + json + "'";
            case 11 -> json.replace(':', '=');
            case 12 -> Oddities.json(random);
            default -> changed(json, random);
        };
    }

    private static String changed(String json, RandomGenerator random) {
        var text = new StringBuilder(json);
        for (int i = 0; i < 3 && !text.isEmpty(); i++) {
            text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
        }
        return text.toString();
    }
}
