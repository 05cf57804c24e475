package io.flowmaestro.connections.reference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** docs/configuration.md. */
final class ConfigurationPage {

    private final Sources sources;
    private final List<Variable> variables;
    private final Descriptions descriptions;

    private ConfigurationPage(Sources sources) throws IOException {
        this.sources = sources;
        this.variables = Variable.of(sources);
        this.descriptions = new Descriptions(sources);
    }

    static String of(Sources sources) throws IOException {
        return new ConfigurationPage(sources).page();
    }

    private String page() throws IOException {
        StringBuilder page = new StringBuilder(Reference.NOTICE);
        try (InputStream stream = resource("configuration-beginning.txt")) {
            page.append(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        }
        variables(page);
        tools(page);
        page.append("\n"
                + "## Keys\n\n"
                + "Any key can be set as the variable that its name makes (`CONNECTIONS_MCP_CALLS_AT_ONCE` for"
                + " `connections.mcp.calls.at-once`), or in a file `config/application.properties` beside the"
                + " service. Where a variable of the first table sets a key, that one is named.\n");
        sources.mappings().stream()
                .sorted(Comparator.comparing(Mapping::prefix))
                .forEach(mapping -> mapping(page, mapping));
        presets(page);
        return page.toString();
    }

    private void variables(StringBuilder page) {
        page.append("\n## Environment variables\n\n");
        page.append(Markdown.row("variable", "services", "default", "what it does"));
        page.append("|---|---|---|---|\n");
        for (Variable variable : variables) {
            String otherwise = variable.required() ? "must be set" : Markdown.code(variable.fallback());
            page.append(Markdown.row(
                    Markdown.code(variable.name()),
                    services(variable.services()),
                    otherwise.isEmpty() ? "unset" : otherwise,
                    Markdown.cell(descriptions.of(variable))));
        }
    }

    private static void tools(StringBuilder page) throws IOException {
        page.append("\n## Variables of the tools\n\nNo service reads them.\n\n");
        page.append(Markdown.row("variable", "what it does"));
        page.append("|---|---|\n");
        WrittenByHand.of("tools.properties")
                .forEach((name, text) -> page.append(Markdown.row(Markdown.code(name), Markdown.cell(text))));
    }

    private void mapping(StringBuilder page, Mapping mapping) {
        page.append("\n### `").append(mapping.prefix()).append("`\n\n");
        page.append(mapping.description())
                .append(" (")
                .append(services(sources.modules().servicesOf(mapping.module())))
                .append(")\n\n");
        page.append(Markdown.row("key", "type", "default", "what it does"));
        page.append("|---|---|---|---|\n");
        for (Setting setting : mapping.settings()) {
            page.append(Markdown.row(
                    Markdown.code(setting.name()),
                    setting.type(),
                    otherwise(setting),
                    Markdown.cell(setting.description())));
        }
    }

    private String otherwise(Setting setting) {
        String variable = variables.stream()
                .filter(candidate ->
                        candidate.uses().stream().anyMatch(use -> use.property().equals(setting.name())))
                .map(candidate -> Markdown.code(candidate.name()))
                .collect(Collectors.joining(" or "));
        if (!variable.isEmpty()) {
            return "of " + variable;
        }
        String fallback = preset(setting).orElse(setting.fallback());
        if (fallback.isEmpty()) {
            return setting.optional() ? "unset" : "must be set";
        }
        return Markdown.code(fallback);
    }

    private Optional<String> preset(Setting setting) {
        return sources.properties().values().stream()
                .flatMap(List::stream)
                .filter(property -> property.name().equals(setting.name()))
                .map(PropertyFile.Property::value)
                .findFirst();
    }

    private void presets(StringBuilder page) {
        page.append("\n"
                + "## Settings of the framework that the suite makes\n\n"
                + "They are overridden as any other key. Change them with care: limits and time-outs fit each"
                + " other.\n\n");
        page.append(Markdown.row("key", "value", "services", "why"));
        page.append("|---|---|---|---|\n");
        sources.properties()
                .forEach((module, properties) -> properties.stream()
                        .filter(property ->
                                !property.ofProfile() && !property.value().contains("${"))
                        .forEach(property -> page.append(Markdown.row(
                                Markdown.code(property.name()),
                                Markdown.code(property.value()),
                                services(sources.modules().servicesOf(module)),
                                Markdown.cell(property.comment())))));
    }

    private static String services(Set<String> services) {
        return services.size() == Reference.SERVICES.size() ? "all" : String.join(", ", services);
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(ConfigurationPage.class.getResourceAsStream("/" + name), name);
    }
}
