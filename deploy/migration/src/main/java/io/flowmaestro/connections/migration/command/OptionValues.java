package io.flowmaestro.connections.migration.command;

import io.flowmaestro.connections.migration.refusal.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.regex.Pattern;

/** The values of single options. */
final class OptionValues {
    /** What the registry takes at once. */
    static final int LARGEST_BATCH = 100;

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]{0,62}");

    private OptionValues() {}

    static String schema(String text) {
        if (!IDENTIFIER.matcher(text).matches()) {
            throw Refusal.usage("--schema takes the name of a schema, for example flowmaestro.");
        }
        return text;
    }

    static URI address(String text) {
        try {
            URI address = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (web && address.getHost() != null && address.getUserInfo() == null && address.getQuery() == null) {
                return address;
            }
        } catch (URISyntaxException malformed) {
            // Told below, without the text: it may hold a password.
        }
        throw Refusal.usage("--to takes the registry's own address, for example https://registry.internal:8443,"
                + " without user, password or query.");
    }

    static int batch(String text) {
        if (!text.matches("[0-9]{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > LARGEST_BATCH) {
            throw Refusal.usage("--batch takes a number from 1 to " + LARGEST_BATCH + ".");
        }
        return Integer.parseInt(text);
    }

    static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw Refusal.usage("--time-zone takes a zone such as UTC, Europe/Berlin or +02:00.");
        }
    }
}
