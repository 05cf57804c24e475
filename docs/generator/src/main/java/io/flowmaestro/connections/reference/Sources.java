package io.flowmaestro.connections.reference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can be configured, as the sources say.
 *
 * @param properties what each module sets by itself
 */
record Sources(Modules modules, List<Mapping> mappings, Map<String, List<PropertyFile.Property>> properties) {

    static Sources in(Path repository) throws IOException {
        Modules modules = Modules.in(repository);
        List<Mapping> mappings = new ArrayList<>();
        Map<String, List<PropertyFile.Property>> properties = new LinkedHashMap<>();
        for (String module : modules.names()) {
            mappings.addAll(MappingReader.of(module, modules.sources(module, "@ConfigMapping")));
            Path resources = modules.folderOf(module).resolve("src/main/resources");
            List<PropertyFile.Property> set =
                    new ArrayList<>(PropertyFile.read(resources.resolve("application.properties")));
            set.addAll(PropertyFile.read(resources.resolve("META-INF/microprofile-config.properties")));
            properties.put(module, set);
        }
        return new Sources(modules, mappings, properties);
    }

    Optional<Setting> setting(String property) {
        return mappings.stream()
                .flatMap(mapping -> mapping.settings().stream())
                .filter(setting -> setting.name().equals(property))
                .findFirst();
    }
}
