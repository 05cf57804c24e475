package io.flowmaestro.connections.kubernetes;

import io.flowmaestro.connections.schema.Settings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every variable is one that the process reads, and every one that a service cannot start without is there. */
final class Environment implements Check {
    /** Read by the JVM itself. */
    private static final String JAVA = "JAVA_TOOL_OPTIONS";

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)(:?)");
    private static final Pattern MAPPING =
            Pattern.compile("@ConfigMapping\\(prefix = \"([a-z.-]+)\"\\)(.*)", Pattern.DOTALL);
    private static final Pattern PROPERTY = Pattern.compile("@ConfigProperty\\(name = \"([a-z.-]+)\"");

    /** A key at the top of a mapping; what is nested deeper has variables of its own names. */
    private static final Pattern KEY = Pattern.compile("^ {4}[A-Za-z][\\w<>,. ]* (\\w+)\\(\\);", Pattern.MULTILINE);

    /** A TLS configuration of a name; Quarkus' list has it without one. */
    private static final Pattern NAMED_TLS = Pattern.compile("QUARKUS_TLS__[A-Z]+__(.*)");

    private static final Pattern NAMED_POOL = Pattern.compile("QUARKUS_DATASOURCE_([A-Z]+)_(.*)");

    private static final Map<String, Known> KNOWN = new HashMap<>();

    /** @param needed without a default
     *  @param pools names of further database pools */
    private record Known(Set<String> read, Set<String> needed, Set<String> pools, String java) {
        boolean reads(String variable) {
            return variable.equals(JAVA) || read.contains(variable) || ofQuarkus(variable) || address(variable);
        }

        private boolean ofQuarkus(String variable) {
            var tls = NAMED_TLS.matcher(variable);
            if (tls.matches()) {
                return QuarkusSettings.readAtStart("QUARKUS_TLS_" + tls.group(1));
            }
            var named = NAMED_POOL.matcher(variable);
            if (named.matches() && pools.contains(named.group(1))) {
                return QuarkusSettings.readAtStart("QUARKUS_DATASOURCE_" + named.group(2));
            }
            return QuarkusSettings.readAtStart(variable)
                    && (!variable.startsWith("QUARKUS_DATASOURCE") || read.contains("CONNECTIONS_DATABASE_URL"));
        }

        /** {@code MCP_<KEY>_URL}, where something asks for it. */
        private boolean address(String variable) {
            return variable.matches("MCP_[A-Z0-9_]+_URL") && java.contains("\"MCP_\" + ");
        }
    }

    @Override
    public Stream<String> complaints(Rendering rendering) {
        return rendering.workloads().flatMap(workload -> {
            Known known = known(workload.service());
            Set<String> given = names(workload);
            return Stream.concat(
                            given.stream()
                                    .filter(name -> !known.reads(name) && !isPartOfAnother(workload, name))
                                    .map(name -> "has " + name + ", which nobody reads"),
                            known.needed().stream()
                                    .filter(name -> !given.contains(name))
                                    .map(name -> "lacks " + name))
                    .map(what -> workload.title() + " " + what);
        });
    }

    /** Variables with a value in the manifest itself. */
    static Map<String, String> plain(Manifest workload) {
        return workload.containers()
                .flatMap(container -> container.list("env").stream())
                .filter(variable -> variable.has("value"))
                .collect(Collectors.toMap(variable -> variable.text("name"), variable -> variable.text("value")));
    }

    /** A variable that a later one's value is made of, {@code $(NAME)}: the cluster reads it. */
    private static boolean isPartOfAnother(Manifest workload, String name) {
        return plain(workload).values().stream().anyMatch(value -> value.contains("$(" + name + ")"));
    }

    private static Set<String> names(Manifest workload) {
        return workload.containers()
                .flatMap(container -> container.list("env").stream())
                .map(variable -> variable.text("name"))
                .collect(Collectors.toSet());
    }

    private static Known known(String service) {
        return KNOWN.computeIfAbsent(
                service,
                name -> name.equals("schema")
                        ? new Known(Set.copyOf(Settings.variables()), Set.copyOf(Settings.variables()), Set.of(), "")
                        : ofService(new ServiceSources(name)));
    }

    private static Known ofService(ServiceSources sources) {
        Set<String> read = new HashSet<>();
        Set<String> needed = new HashSet<>();
        Set<String> pools = new HashSet<>();
        sources.settings().forEach((key, value) -> {
            if (!key.toString().startsWith("%")) {
                REFERENCE.matcher(value.toString()).results().forEach(reference -> {
                    read.add(reference.group(1));
                    if (reference.group(2).isEmpty()) {
                        needed.add(reference.group(1));
                    }
                });
            }
            var pool =
                    Pattern.compile("quarkus\\.datasource\\.([a-z]+)\\.db-kind").matcher(key.toString());
            if (pool.matches()) {
                pools.add(variable(pool.group(1)));
            }
        });
        List<String> java = sources.java().toList();
        for (String source : java) {
            REFERENCE.matcher(source).results().forEach(reference -> read.add(reference.group(1)));
            PROPERTY.matcher(source).results().forEach(property -> read.add(variable(property.group(1))));
            var mapping = MAPPING.matcher(source);
            if (mapping.find()) {
                KEY.matcher(mapping.group(2))
                        .results()
                        .forEach(key -> read.add(variable(mapping.group(1) + "." + dashed(key.group(1)))));
            }
        }
        return new Known(read, needed, pools, String.join("\n", java));
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1");
    }

    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(java.util.Locale.ROOT);
    }
}
