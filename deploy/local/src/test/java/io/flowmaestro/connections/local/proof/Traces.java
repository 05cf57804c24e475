package io.flowmaestro.connections.local.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks for a text in files, as it is and in the forms that it takes on its way. */
public final class Traces {
    private static final int CHUNK = 8 << 20;
    private static final int OVERLAP = 256;

    private final Map<String, String> forms = new LinkedHashMap<>();
    private long files;
    private long bytes;

    /** Of a text also what it is in an URL. */
    public Traces(String text) {
        this(text.getBytes(UTF_8));
        forms.put("url", URLEncoder.encode(text, UTF_8));
    }

    /** Raw, hexadecimal in both cases, base64 at each of its three alignments (without what depends on the neighbours). */
    Traces(byte[] secret) {
        forms.put("raw", latin1(secret));
        forms.put("hex", HexFormat.of().formatHex(secret));
        forms.put("HEX", HexFormat.of().withUpperCase().formatHex(secret));
        for (int before = 0; before < 3; before++) {
            var padded = new byte[before + secret.length];
            System.arraycopy(secret, 0, padded, before, secret.length);
            var text = Base64.getEncoder().withoutPadding().encodeToString(padded);
            var certain =
                    text.substring(before == 0 ? 0 : before + 1, text.length() - (padded.length % 3 == 0 ? 0 : 1));
            forms.put("base64+" + before, certain);
            forms.put("base64url+" + before, certain.replace('+', '-').replace('/', '_'));
        }
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    /** What was found where. */
    public List<String> in(Path... folders) throws IOException {
        var found = new ArrayList<String>();
        for (var folder : folders) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (var file : all.filter(Files::isRegularFile).toList()) {
                    search(file, found);
                }
            }
        }
        return found;
    }

    private void search(Path file, List<String> found) throws IOException {
        files++;
        try (var in = Files.newInputStream(file)) {
            var tail = "";
            for (var chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
                bytes += chunk.length;
                var text = tail + latin1(chunk);
                forms.forEach((form, pattern) -> {
                    if (text.contains(pattern)) {
                        found.add(form + " in " + file);
                    }
                });
                tail = text.substring(Math.max(0, text.length() - OVERLAP));
            }
        }
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
