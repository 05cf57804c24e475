package io.flowmaestro.connections.local.suite;

import io.flowmaestro.connections.database.ServiceDatabase;
import io.flowmaestro.connections.local.home.Secrets;
import io.flowmaestro.connections.local.postgres.SuiteDatabase;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The environment of each process: what it is told here, and little of the user's own. */
final class Environments {
    static final String DEMO_CLIENT = "connections-demo";

    private static final Set<String> OF_ANY_PROCESS =
            Set.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "DEBUG_CONNECTIONS");
    /** Other frontends of this machine that may embed the picker: no part of how the suite itself is put together. */
    private static final String UI_ORIGINS = "CONNECTIONS_UI_ORIGINS";

    private static final Set<String> LEGACY_KEYS = Set.of("LEGACY_ENCRYPTION_KEY", "LEGACY_CREDENTIALS_KEY");
    /** What configures a deployment must not reconfigure the suite of this machine. */
    private static final Pattern NOT_FOR_THE_BROKER =
            Pattern.compile("(QUARKUS|CONNECTIONS|OTEL|SMALLRYE|JAVA|JDK|LEGACY)_.*|_JAVA_OPTIONS|ENCRYPTION_KEY.*");

    private static final Pattern MCP_SERVER = Pattern.compile("MCP_(?!CLIENT_METADATA_).+_URL");

    private final Ports ports;
    private final Secrets secrets;
    private final Installation installation;
    private final Map<String, String> own;

    Environments(Installation installation, Map<String, String> own) {
        this.installation = installation;
        this.ports = installation.ports();
        this.secrets = installation.secrets();
        this.own = own;
    }

    Map<String, String> service(Service service) {
        Map<String, String> environment = new HashMap<>(base());
        switch (service) {
            case CREDENTIAL_VAULT -> environment.putAll(vault());
            case CONNECTION_REGISTRY -> environment.putAll(registry());
            case OAUTH_BROKER -> environment.putAll(broker());
            case MCP_GATEWAY -> environment.putAll(gateway());
        }
        environment.putAll(common(service));
        environment.putAll(database(service.database(secrets)));
        return environment;
    }

    Map<String, String> identityProvider() {
        Map<String, String> environment = new HashMap<>(base());
        environment.put("PORT", Integer.toString(ports.identity()));
        environment.put("ISSUER", ports.issuer().toString());
        environment.put("STATE_DIR", installation.home().identity().toString());
        environment.put("PUBLIC_URL", ports.publicUrl().toString());
        environment.put("WORKER_CLIENT_SECRET", secrets.clientSecret("worker"));
        for (Service service : Service.values()) {
            environment.put(service.variable("_CLIENT_SECRET"), secrets.clientSecret(service.serviceName()));
        }
        return environment;
    }

    Map<String, String> demoProvider() {
        Map<String, String> environment = new HashMap<>(base());
        environment.putAll(demoClient());
        environment.put("PORT", Integer.toString(ports.demo()));
        environment.put("ISSUER", ports.demoUrl().toString());
        environment.put("STATE_DIR", installation.home().demo().toString());
        environment.put("DEMO_REDIRECT_URI", ports.publicUrl() + "/api/oauth/demo/callback");
        String lifetime = own.get("DEMO_ACCESS_TOKEN_TTL");
        if (lifetime != null) {
            environment.put("DEMO_ACCESS_TOKEN_TTL", lifetime);
        }
        return environment;
    }

    private Map<String, String> common(Service service) {
        return Map.of(
                "QUARKUS_PROFILE", "local",
                "QUARKUS_HTTP_PORT", Integer.toString(ports.of(service)),
                "CONNECTIONS_ISSUER", ports.issuer().toString(),
                "CONNECTIONS_SERVICE_SECRET", secrets.clientSecret(service.serviceName()),
                "CONNECTIONS_PUBLIC_URL", ports.publicUrl().toString(),
                "CONNECTIONS_REGISTRY_URL", address(Service.CONNECTION_REGISTRY),
                "CONNECTIONS_VAULT_URL", address(Service.CREDENTIAL_VAULT),
                "CONNECTIONS_BROKER_URL", address(Service.OAUTH_BROKER),
                "CONNECTIONS_GATEWAY_URL", address(Service.MCP_GATEWAY));
    }

    private Map<String, String> database(ServiceDatabase database) {
        return Map.of(
                "CONNECTIONS_DATABASE_URL", "postgresql://127.0.0.1:" + ports.postgres() + "/" + SuiteDatabase.NAME,
                "CONNECTIONS_DATABASE_USER", database.app(),
                "CONNECTIONS_DATABASE_PASSWORD", database.appPassword(),
                "CONNECTIONS_JOBS_DATABASE_USER", database.jobs(),
                "CONNECTIONS_JOBS_DATABASE_PASSWORD", database.jobsPassword());
    }

    private Map<String, String> registry() {
        Map<String, String> environment = new HashMap<>(own);
        environment.keySet().retainAll(Set.of(UI_ORIGINS));
        environment.put(
                "CONNECTIONS_PROVIDERS_DIR", installation.home().providers().toString());
        return environment;
    }

    /** For the time of an import the user's environment holds the keys of the system that secrets come from. */
    private Map<String, String> vault() {
        Map<String, String> environment = new HashMap<>(own);
        environment.keySet().retainAll(LEGACY_KEYS);
        environment.put("ENCRYPTION_KEY", secrets.encryptionKey());
        return environment;
    }

    /** The clients of real providers are in the user's environment: {@code ACME_CLIENT_ID}, {@code ACME_CLIENT_SECRET}. */
    private Map<String, String> broker() {
        Map<String, String> environment = new HashMap<>(own);
        environment.keySet().removeIf(name -> NOT_FOR_THE_BROKER.matcher(name).matches());
        environment.putAll(demoClient());
        environment.put("CONNECTIONS_JOURNAL_DIR", installation.home().journal().toString());
        return environment;
    }

    /** Where the catalogue's MCP servers are is in the user's environment, too: {@code MCP_ACME_URL}. */
    private Map<String, String> gateway() {
        Map<String, String> environment = new HashMap<>(own);
        environment.keySet().removeIf(name -> !MCP_SERVER.matcher(name).matches());
        return environment;
    }

    private Map<String, String> demoClient() {
        return Map.of("DEMO_CLIENT_ID", DEMO_CLIENT, "DEMO_CLIENT_SECRET", secrets.clientSecret(DEMO_CLIENT));
    }

    private Map<String, String> base() {
        Map<String, String> environment = new HashMap<>(own);
        environment.keySet().retainAll(OF_ANY_PROCESS);
        return environment;
    }

    private String address(Service service) {
        return "http://127.0.0.1:" + ports.of(service);
    }
}
