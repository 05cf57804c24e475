package io.flowmaestro.connections.local.demo;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Looks for a secret in a text: as it is, and in the forms in which it may have slipped through. */
record Traces(String secret) {

    boolean in(String text) {
        return forms().stream().anyMatch(text::contains)
                || text.toLowerCase(Locale.ROOT).contains(HexFormat.of().formatHex(bytes()));
    }

    private List<String> forms() {
        List<String> forms = new ArrayList<>(base64());
        forms.add(secret);
        forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        return forms;
    }

    /** Inside a longer base64 text a secret starts at one of three offsets; its ends mix with its neighbours. */
    private List<String> base64() {
        List<String> forms = new ArrayList<>();
        for (int offset = 0; offset < 3; offset++) {
            byte[] shifted = new byte[offset + bytes().length];
            System.arraycopy(bytes(), 0, shifted, offset, bytes().length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            forms.add(encoded.substring(offset == 0 ? 0 : 4, encoded.length() - 1));
        }
        return forms;
    }

    private byte[] bytes() {
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Traces[…]";
    }
}
