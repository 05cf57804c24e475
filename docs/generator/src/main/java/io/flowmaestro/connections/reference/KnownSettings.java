package io.flowmaestro.connections.reference;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The list that platform/known-settings holds an operator's settings to: each name, what its value has to be, and what one is for that has to be set. */
final class KnownSettings {

    static final String FILE = "platform/known-settings/src/main/resources/META-INF/connections-settings.txt";

    private static final String NOTICE =
            "# Made of the sources by ./connections docs, and held to them by ReferenceTest. Do not edit.\n";
    private static final Pattern OURS = Pattern.compile("(connections|registry|vault)\\..+");
    private static final Pattern DATABASE = Pattern.compile(".*(DATABASE_URL|database-url)");
    private static final Pattern WEB = Pattern.compile("(.*[._-])?(URL|url|ISSUER|issuer)");

    private final Sources sources;
    private final List<Variable> variables;
    private final Descriptions descriptions;
    private final Map<String, String> written;
    private final Map<String, String> kinds = new TreeMap<>();

    private KnownSettings(Sources sources) throws IOException {
        this.sources = sources;
        this.variables = Variable.of(sources);
        this.descriptions = new Descriptions(sources);
        this.written = WrittenByHand.of("kinds.properties");
    }

    static String of(Sources sources) throws IOException {
        return new KnownSettings(sources).list();
    }

    private String list() throws IOException {
        sources.mappings().stream()
                .flatMap(mapping -> mapping.settings().stream())
                .filter(setting -> OURS.matcher(setting.name()).matches())
                .forEach(setting -> kinds.put(setting.name(), kind(setting)));
        variables.forEach(this::add);
        WrittenByHand.of("tools.properties").keySet().forEach(name -> kinds.putIfAbsent(name, "text"));
        var list = new StringBuilder(NOTICE);
        kinds.forEach((name, kind) ->
                list.append(name).append(' ').append(kind).append(purpose(name)).append('\n'));
        return list.toString();
    }

    /** Of what has to be set, for whoever has not: as the page says it, without its marks. */
    private String purpose(String name) {
        return variables.stream()
                .filter(variable -> variable.name().equals(name) && variable.required())
                .map(variable -> " " + descriptions.of(variable).replace("`", ""))
                .findFirst()
                .orElse("");
    }

    private void add(Variable variable) {
        String type = variable.uses().stream()
                .flatMap(use -> sources.setting(use.property()).stream())
                .map(Setting::type)
                .findFirst()
                .orElse("text");
        String kind = kind(variable.name(), type);
        kinds.put(variable.name(), kind);
        variable.uses().stream()
                .map(Placeholder::property)
                .filter(property -> OURS.matcher(property).matches())
                .forEach(property -> kinds.putIfAbsent(property, kind));
    }

    /** Its javadoc is what it is held to. */
    private String kind(Setting setting) {
        String kind = kind(setting.name(), setting.type());
        return kind.equals("number") && setting.description().contains("at least 1") ? "count" : kind;
    }

    private String kind(String name, String type) {
        if (written.containsKey(name)) {
            return written.get(name);
        }
        if (DATABASE.matcher(name).matches()) {
            return "database-url";
        }
        if (type.equals("URL") || (type.equals("text") && WEB.matcher(name).matches())) {
            return "web-url";
        }
        return switch (type) {
            case "number" -> "number";
            case "list of numbers" -> name.endsWith("ports") ? "ports" : "numbers";
            case "duration" -> "duration";
            case "true or false" -> "flag";
            default -> "text";
        };
    }
}
