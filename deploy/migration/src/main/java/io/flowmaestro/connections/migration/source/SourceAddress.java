package io.flowmaestro.connections.migration.source;

import io.flowmaestro.connections.migration.refusal.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the source is, as libpq writes it: {@code postgresql://user@host:port/database?sslmode=verify-full}. Never with
 * a password: others on the machine see a command line.
 *
 * @param parameters by the driver's names
 */
public record SourceAddress(
        String host, int port, String database, Optional<String> user, Map<String, String> parameters) {
    private static final int DEFAULT_PORT = 5432;
    private static final String FORM =
            "--from takes postgresql://user@host:port/database, with ?sslmode=verify-full" + " and the like after it.";
    /** The one list: the driver has parameters that load classes or write files. */
    private static final Map<String, String> KNOWN_PARAMETERS = new TreeMap<>(Map.of(
            "sslmode", "sslmode",
            "sslrootcert", "sslrootcert",
            "sslcert", "sslcert",
            "sslkey", "sslkey",
            "channel_binding", "channelBinding",
            "connect_timeout", "connectTimeout",
            "application_name", "ApplicationName"));

    /**
     * Reads an address.
     *
     * @throws Refusal without the text, which may hold what does not belong there
     */
    public static SourceAddress parse(String text) {
        URI uri = uri(text);
        Optional<String> user = Optional.ofNullable(uri.getRawUserInfo()).map(SourceAddress::userWithoutPassword);
        Map<String, String> parameters = parameters(Optional.ofNullable(uri.getRawQuery()));
        String path = Optional.ofNullable(uri.getPath()).orElse("");
        if (uri.getHost() == null || path.length() < 2 || path.indexOf('/', 1) >= 0) {
            throw Refusal.usage(FORM + " One host and one database are needed.");
        }
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return new SourceAddress(uri.getHost(), port, path.substring(1), user, parameters);
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    /** For messages, and to tell one source from another. */
    @Override
    public String toString() {
        return host + ":" + port + "/" + database;
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            if ("postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme())) {
                return uri;
            }
        } catch (URISyntaxException malformed) {
            // Told below: the exception repeats the text.
        }
        throw Refusal.usage(FORM);
    }

    private static String userWithoutPassword(String userInfo) {
        if (userInfo.contains(":")) {
            throw passwordElsewhere();
        }
        return decoded(userInfo);
    }

    private static Map<String, String> parameters(Optional<String> query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (query.filter(text -> text.contains("password=")).isPresent()) {
            throw passwordElsewhere();
        }
        for (String pair : query.orElse("").split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!name.isEmpty()) {
                parameters.put(known(name), decoded(pair.substring(equals + 1)));
            }
        }
        return Map.copyOf(parameters);
    }

    private static String known(String name) {
        String driversName = KNOWN_PARAMETERS.get(name);
        if (driversName == null) {
            throw Refusal.usage("--from has a parameter that import does not pass on. It knows "
                    + String.join(", ", KNOWN_PARAMETERS.keySet()) + ".");
        }
        return driversName;
    }

    private static Refusal passwordElsewhere() {
        return Refusal.usage(
                "--from holds a password, and others on this machine see a command line. Take it out and put"
                        + " it into PGPASSWORD, into ~/.pgpass (mode 0600), or into a file named in"
                        + " CONNECTIONS_IMPORT_PASSWORD_FILE.");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
