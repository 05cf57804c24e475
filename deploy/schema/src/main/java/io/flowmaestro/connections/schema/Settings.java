package io.flowmaestro.connections.schema;

import io.flowmaestro.connections.database.ServiceDatabase;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the environment says.
 *
 * @param url as JDBC has it
 * @param user of a superuser
 */
public record Settings(String url, String user, String password, List<ServiceDatabase> services) {
    private static final String URL = "CONNECTIONS_DATABASE_URL";
    private static final String USER = "CONNECTIONS_ADMIN_DATABASE_USER";
    private static final String PASSWORD = "CONNECTIONS_ADMIN_DATABASE_PASSWORD";
    private static final String SCHEME = "postgresql://";
    private static final List<String> SCHEMAS = List.of("registry", "vault", "oauth", "mcp");
    private static final List<String> ROLES = List.of("OWNER", "APP", "JOBS");

    /** Every variable that is read; none may be missing. */
    public static List<String> variables() {
        return Stream.concat(
                        Stream.of(URL, USER, PASSWORD),
                        SCHEMAS.stream().flatMap(schema -> ROLES.stream().map(role -> passwordOf(schema, role))))
                .toList();
    }

    /** @throws IllegalArgumentException says what is missing or wrong, and no value */
    static Settings of(Map<String, String> environment) {
        List<String> missing = variables().stream()
                .filter(name -> environment.getOrDefault(name, "").isBlank())
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("Missing: " + String.join(", ", missing) + ".");
        }
        String url = required(environment, URL);
        if (!url.startsWith(SCHEME) || url.substring(SCHEME.length()).contains("@")) {
            throw new IllegalArgumentException(
                    URL + " must read " + SCHEME + "host:port/database, without user and password.");
        }
        return new Settings(
                "jdbc:" + url,
                required(environment, USER),
                required(environment, PASSWORD),
                SCHEMAS.stream().map(schema -> database(schema, environment)).toList());
    }

    private static ServiceDatabase database(String schema, Map<String, String> environment) {
        return new ServiceDatabase(
                schema,
                required(environment, passwordOf(schema, "OWNER")),
                required(environment, passwordOf(schema, "APP")),
                required(environment, passwordOf(schema, "JOBS")));
    }

    private static String passwordOf(String schema, String role) {
        return schema.toUpperCase(Locale.ROOT) + "_" + role + "_PASSWORD";
    }

    private static String required(Map<String, String> environment, String name) {
        return environment.getOrDefault(name, "");
    }

    @Override
    public String toString() {
        return "Settings[" + url + "]";
    }
}
