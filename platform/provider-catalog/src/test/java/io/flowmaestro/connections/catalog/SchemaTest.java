package io.flowmaestro.connections.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ACME = """
            key: acme
            name: Acme
            category: crm
            methods:
              oauth2:
                authorize: https://acme.example/authorize
                token: https://acme.example/token
                pkce: supported
              api_key:
                base: https://api.acme.example
                header: {X-Key: "{key}"}
                verify: {method: GET, path: /me, expect: 200}
            """;

    private final ProviderSchema schema = new ProviderSchema();

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "category: crm | category: cmr | /category | finance",
                "pkce: supported | pkce: maybe | /methods/oauth2/pkce | rejected",
                "pkce: supported | pkec: supported | /methods/oauth2: | token_auth",
                "expect: 200 | expect: ok | /methods/api_key/verify/expect | integer",
                "method: GET | method: PUT | /methods/api_key/verify/method | POST",
                "name: Acme | nmae: Acme | acme.yaml: /: | icon",
                "token: https://acme.example/token | token: http://acme.example/token | /methods/oauth2/token | https"
            })
    void namesTheFileThePathAndWhatIsExpected(String right, String wrong, String path, String expected) {
        assertThat(schema.problems("acme.yaml", ACME)).isEmpty();
        assertThat(ACME).contains(right);

        assertThat(schema.problems("acme.yaml", ACME.replace(right, wrong)))
                .isNotEmpty()
                .allMatch(problem -> problem.startsWith("acme.yaml: "))
                .anyMatch(problem -> problem.contains(path) && problem.contains(expected));
    }

    /** The example that CONTRIBUTING.md invites to copy. */
    @Test
    void allowsTheExampleThatContributorsCopy() throws ProviderFileException {
        String text = ProviderSchema.read(Path.of("../../CONTRIBUTING.md"));
        int start = text.indexOf("```yaml\n") + "```yaml\n".length();
        String example = text.substring(start, text.indexOf("```", start));

        assertThat(schema.problems("CONTRIBUTING.md", example)).isEmpty();
        assertThat(new ProviderFileParser()
                        .parse("CONTRIBUTING.md", example)
                        .methods()
                        .names())
                .containsExactly("oauth2", "api_key");
    }

    /** In both directions, through every record: whoever adds a component adds it to the schema, and the reverse. */
    @Test
    void describesExactlyWhatTheModelReads() {
        List<String> differences = new ArrayList<>();
        compare("", JSON.constructType(Provider.class), schema.tree(), differences);
        assertThat(differences).isEmpty();
    }

    private void compare(String at, JavaType type, JsonNode given, List<String> differences) {
        JsonNode node = resolved(given);
        if (type.isEnumType()) {
            sameNames(at, constants(type), values(node), differences);
        } else if (type.isCollectionLikeType()) {
            compare(at + "[]", type.getContentType(), node.path("items"), differences);
        } else if (type.isMapLikeType()) {
            compare(at + "{}", type.getContentType(), node.path("additionalProperties"), differences);
        } else if (type.isRecordType()) {
            object(at, type, node, differences);
        } else if (node.isMissingNode()) {
            differences.add(at + ": the schema says nothing about it");
        }
    }

    private void object(String at, JavaType type, JsonNode node, List<String> differences) {
        List<BeanPropertyDefinition> components =
                JSON.getDeserializationConfig().introspect(type).findProperties().stream()
                        .filter(component ->
                                !(at.isEmpty() && component.getName().equals("source")))
                        .toList();
        sameNames(
                at,
                components.stream().map(BeanPropertyDefinition::getName).collect(Collectors.toSet()),
                names(node.path("properties")),
                differences);
        if (node.path("additionalProperties").asBoolean(true)) {
            differences.add(at + ": the schema allows keys that the model refuses");
        }
        components.forEach(component -> compare(
                at + "/" + component.getName(),
                component.getPrimaryType(),
                node.path("properties").path(component.getName()),
                differences));
    }

    private JsonNode resolved(JsonNode node) {
        if (node.has("anyOf") && node.at("/anyOf/0").has("$ref")) {
            return resolved(node.at("/anyOf/0"));
        }
        return node.has("$ref") ? schema.tree().at(node.path("$ref").asText().substring(1)) : node;
    }

    private static void sameNames(String at, Set<String> model, Set<String> schema, List<String> differences) {
        if (!model.equals(schema)) {
            differences.add("%s: the model has %s, the schema %s".formatted(at, model, schema));
        }
    }

    private static Set<String> constants(JavaType type) {
        return Arrays.stream(type.getRawClass().getEnumConstants())
                .map(constant -> JSON.valueToTree(constant).asText())
                .collect(Collectors.toSet());
    }

    private static Set<String> values(JsonNode node) {
        return StreamSupport.stream(node.path("enum").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
    }

    private static Set<String> names(JsonNode properties) {
        Set<String> names = new LinkedHashSet<>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
