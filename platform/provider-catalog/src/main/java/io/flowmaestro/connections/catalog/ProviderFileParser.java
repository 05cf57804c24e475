package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads one provider file strictly: an unknown key, a wrong value or a missing one refuses the file, with the reason. */
public final class ProviderFileParser {

    /** Far above any honest file; a bound on what a broken or hostile one may cost. */
    static final int MAX_CHARACTERS = 256 * 1024;

    private static final ObjectReader READER = mapper().readerFor(Provider.class);

    /**
     * Reads the text of one file.
     *
     * @param file name for messages
     * @throws ProviderFileException naming the file, each key and its line, what is wrong with it and what is allowed
     */
    public Provider parse(String file, String yaml) throws ProviderFileException {
        Provider provider = read(file, yaml);
        List<String> problems = ProviderRules.check(provider);
        if (!problems.isEmpty()) {
            throw located(file, yaml, problems);
        }
        return provider;
    }

    /**
     * Reads a definition that came as JSON, by the rules that files are held to.
     *
     * @throws ProviderFileException whose problems each begin with the path of a key and a colon, without a line
     */
    public Provider parse(String name, JsonNode definition) throws ProviderFileException {
        if (definition.toString().length() > MAX_CHARACTERS) {
            throw new ProviderFileException(name, List.of("methods: larger than " + MAX_CHARACTERS + " characters"));
        }
        try {
            Provider provider = READER.readValue(definition);
            List<String> problems = ProviderRules.check(provider);
            if (!problems.isEmpty()) {
                throw new ProviderFileException(name, problems);
            }
            return provider;
        } catch (JsonProcessingException notAProvider) {
            throw new ProviderFileException(name, List.of(ReadFailure.describe(notAProvider)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Provider read(String file, String yaml) throws ProviderFileException {
        if (yaml.isBlank()) {
            throw new ProviderFileException(file, List.of("the file is empty"));
        }
        try {
            @Nullable Provider provider = READER.readValue(yaml);
            if (provider == null) {
                throw new ProviderFileException(file, List.of("the file is empty"));
            }
            return provider;
        } catch (JsonProcessingException notAProvider) {
            throw located(file, yaml, List.of(ReadFailure.describe(notAProvider)));
        }
    }

    private static ProviderFileException located(String file, String yaml, List<String> problems) {
        Lines lines = new Lines(yaml, options());
        return new ProviderFileException(
                file,
                lines.broken()
                        .map(List::of)
                        .orElseGet(() -> problems.stream().map(lines::locate).toList()));
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(20);
        return options;
    }

    private static YAMLMapper mapper() {
        return YAMLMapper.builder(YAMLFactory.builder().loaderOptions(options()).build())
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
    }
}
