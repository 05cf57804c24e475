package io.flowmaestro.connections.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every collected fact is in the catalogue as it is. Skipped where the collection is not beside the project. */
@EnabledIf(value = "areBesideTheProject", disabledReason = "../shared/facts is not beside the project")
class FactsTest {

    private static final Path FACTS = Path.of("../../../shared/facts");
    private static final Path FILES = Path.of("src/main/resources/providers");
    private static final YAMLMapper YAML = new YAMLMapper();

    /** Written in our own words, so not compared. */
    private static final Set<String> PROSE = Set.of("key", "quirks", "note", "only_if", "unverified", "conflict");

    /** Facts of one service that has another name among the facts. */
    private static final Map<String, String> SERVICES = Map.ofEntries(
            Map.entry("github-pat", "github"),
            Map.entry("gitlab-pat", "gitlab"),
            Map.entry("jira-token", "jira"),
            Map.entry("confluence-token", "confluence"),
            Map.entry("linear-key", "linear"),
            Map.entry("asana-pat", "asana"),
            Map.entry("clickup-key", "clickup"),
            Map.entry("notion-key", "notion"),
            Map.entry("airtable-pat", "airtable"),
            Map.entry("figma-pat", "figma"),
            Map.entry("calendly-pat", "calendly"),
            Map.entry("typeform-pat", "typeform"),
            Map.entry("hubspot-private-app", "hubspot"),
            Map.entry("stripe-key", "stripe"),
            Map.entry("stripe-connect", "stripe"),
            Map.entry("shopify-admin", "shopify"),
            Map.entry("zendesk-token", "zendesk"),
            Map.entry("pagerduty-key", "pagerduty"),
            Map.entry("sentry-token", "sentry"),
            Map.entry("slack-token", "slack"),
            Map.entry("discord-bot", "discord"),
            Map.entry("mailchimp-key", "mailchimp"),
            Map.entry("generic-basic", "generic"),
            Map.entry("generic-bearer", "generic"));

    /** A connection keeps its one secret in {@code api_key}, which facts call by the provider's name for it. */
    private static final Map<String, Map<String, String>> VARIABLES = Map.of(
            "twilio", Map.of("{auth_token}", "{key}"),
            "woocommerce", Map.of("{consumer_key}", "{key}", "{consumer_secret}", "{api_secret}"),
            "amplitude", Map.of("{api_key}", "{key}", "{secret_key}", "{api_secret}"),
            "aircall", Map.of("{api_token}", "{key}"));

    /** Choices that none of the fact's URLs uses: the file tells of them among its quirks. */
    private static final Set<String> CONFIG_WITHOUT_USE = Set.of("paypal", "intercom");

    record Fact(JsonNode entry, String provider, String method) {
        @Override
        public String toString() {
            return entry.path("key").asText() + " in " + provider + "." + method;
        }
    }

    static boolean areBesideTheProject() {
        return Files.isDirectory(FACTS);
    }

    static Stream<Fact> facts() throws IOException {
        return Stream.concat(read("oauth-providers.yaml"), read("apikey-providers.yaml"));
    }

    private static Stream<Fact> read(String file) throws IOException {
        JsonNode providers = YAML.readTree(FACTS.resolve(file).toFile()).path("providers");
        return StreamSupport.stream(providers.spliterator(), false).map(entry -> fact(entry, file));
    }

    private static Fact fact(JsonNode entry, String file) {
        String key = entry.path("key").asText();
        String method = !file.startsWith("oauth")
                ? key.equals("generic-basic") ? "basic_auth" : "api_key"
                : key.equals("mcp-generic") ? "mcp" : "oauth2";
        return new Fact(entry, SERVICES.getOrDefault(key, key), method);
    }

    @Test
    void mapToOneMethodEachAndLeaveNoneOfTheCataloguesUnaccounted() throws IOException {
        List<Fact> facts = facts().toList();
        Set<String> mapped = new LinkedHashSet<>();
        facts.forEach(fact -> mapped.add(fact.provider() + "." + fact.method()));

        assertThat(facts).hasSize(54 + 65);
        assertThat(mapped).hasSameSizeAs(facts);
        assertThat(methodsWithFacts()).containsExactlyInAnyOrderElementsOf(mapped);
    }

    /** Methods of the files that name a source; the few others are our own MCP servers and databases. */
    private static Set<String> methodsWithFacts() {
        Set<String> found = new LinkedHashSet<>();
        for (Provider provider : BundledProviders.load()) {
            method(provider.key()).properties().stream()
                    .filter(method -> method.getValue().has("src"))
                    .forEach(method -> found.add(provider.key() + "." + method.getKey()));
        }
        return found;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("facts")
    void areKeptAsTheyAre(Fact fact) {
        JsonNode kept = method(fact.provider()).path(fact.method());
        ObjectNode expected = expected(fact);

        assertThat(differences("", expected, kept)).isEmpty();
        assertThat(kept.path("unverified").size())
                .isGreaterThanOrEqualTo(fact.entry().path("unverified").size());
        assertThat(kept.path("conflict").properties().stream().map(Map.Entry::getKey))
                .containsAll(fact.entry().path("conflict").properties().stream()
                        .map(Map.Entry::getKey)
                        .toList());
        if (fact.entry().path("quirks").size() > 0) {
            assertThat(kept.toString()).contains("\"quirks\":[");
        }
    }

    private static JsonNode method(String provider) {
        return tree(FILES.resolve(provider + ".yaml")).path("methods");
    }

    private static JsonNode tree(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException missing) {
            throw new AssertionError(file + " cannot be read: " + missing.getMessage(), missing);
        }
    }

    private static ObjectNode expected(Fact fact) {
        ObjectNode entry = fact.entry().deepCopy();
        entry.remove(PROSE);
        String key = fact.entry().path("key").asText();
        if (key.equals("mcp-generic")) {
            return mcp(fact);
        }
        if (CONFIG_WITHOUT_USE.contains(key)) {
            entry.remove("config");
        }
        if (entry.has("alt_header")) {
            // The key goes into the header, where the fact offers both: a URL shows in logs.
            entry.set("alt_query", entry.remove("query"));
            entry.set("header", entry.remove("alt_header"));
        }
        return (ObjectNode) renamed(entry, VARIABLES.getOrDefault(key, Map.of()));
    }

    private static ObjectNode mcp(Fact fact) {
        ObjectNode expected = JsonNodeFactory.instance.objectNode();
        expected.set("src", fact.entry().path("src"));
        ObjectNode oauth = expected.putObject("oauth");
        oauth.set("pkce", fact.entry().path("pkce"));
        oauth.putObject("refresh").set("rotates", fact.entry().at("/refresh/rotates"));
        return expected;
    }

    private static JsonNode renamed(JsonNode node, Map<String, String> names) {
        String text = node.toString();
        for (Map.Entry<String, String> name : names.entrySet()) {
            text = text.replace(name.getKey(), name.getValue());
        }
        try {
            return YAML.readTree(text);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    private static List<String> differences(String at, JsonNode expected, JsonNode kept) {
        List<String> found = new ArrayList<>();
        Map<String, JsonNode> members = new HashMap<>();
        expected.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        PROSE.forEach(members::remove);
        members.forEach((name, value) -> {
            JsonNode there = kept.path(name);
            if (value.isObject()) {
                found.addAll(differences(at + "/" + name, value, there));
            } else if (!same(name, value, there)) {
                found.add(at + "/" + name + ": the fact is " + value + ", the file says " + there);
            }
        });
        return found;
    }

    private static boolean same(String name, JsonNode fact, JsonNode kept) {
        if (fact.isNull()) {
            return kept.isMissingNode() || kept.isNull();
        }
        if (name.equals("default_scopes")) {
            Set<JsonNode> scopes = new LinkedHashSet<>();
            kept.forEach(scopes::add);
            return StreamSupport.stream(fact.spliterator(), false).allMatch(scopes::contains);
        }
        if (fact.asText().equals("required") && name.equals("User-Agent")) {
            return kept.isTextual() && !kept.asText().equals("required");
        }
        return fact.equals(kept);
    }

    /** The comparison itself can fail. */
    @Nested
    class ADifference {
        @Test
        void isFoundAtItsPath() throws IOException {
            JsonNode fact = YAML.readTree("{refresh: {rotates: true}, token: a, revoke: null}");
            JsonNode kept = YAML.readTree("{refresh: {rotates: false}, revoke: {url: b}}");

            assertThat(differences("", fact, kept))
                    .hasSize(3)
                    .anyMatch(difference -> difference.startsWith("/refresh/rotates: the fact is true"))
                    .anyMatch(difference -> difference.startsWith("/token"))
                    .anyMatch(difference -> difference.startsWith("/revoke"));
        }
    }
}
