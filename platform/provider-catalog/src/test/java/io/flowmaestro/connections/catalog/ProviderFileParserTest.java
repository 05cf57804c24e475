package io.flowmaestro.connections.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderFileParserTest {

    private static final String ACME = """
            key: acme
            name: Acme
            category: crm
            methods:
              oauth2:
                authorize: https://acme.example/{tenant}/authorize
                token: http://localhost:8086/token
                default_scopes: [contacts.read, offline_access]
                pkce: required
                token_auth: basic
                token_params: {expires_in: 1800}
                revoke: null
                refresh: {rotates: true, access_ttl_s: 60, rt_ttl_s: null}
                config: {tenant: {default: common}}
              api_key:
                base: https://api.acme.example
                header: {X-Key: "{key}"}
                fields: [{name: account_sid, label: Account, required: true}]
                verify: {method: GET, path: /me, expect: 200}
            """;

    private final ProviderFileParser parser = new ProviderFileParser();

    @Nested
    class AGoodFile {
        @Test
        void isReadWithEveryBlock() throws ProviderFileException {
            Provider acme = parser.parse("acme.yaml", ACME);

            assertThat(acme.methods().names()).containsExactly("oauth2", "api_key");
            assertThat(acme.methods().oauth2()).satisfies(oauth2 -> {
                assertThat(oauth2.pkce()).isEqualTo(Pkce.REQUIRED);
                assertThat(oauth2.refresh().rotates()).isEqualTo(Rotation.YES);
                assertThat(oauth2.tokenParams()).containsEntry("expires_in", "1800");
                assertThat(oauth2.scopeSeparator()).isEqualTo(" ");
            });
            assertThat(acme.methods().extraFields("api_key"))
                    .extracting(Field::name)
                    .containsExactly("account_sid");
            assertThat(acme.methods().extraFields("oauth2"))
                    .extracting(Field::name)
                    .containsExactly("tenant");
        }

        @Test
        void becomesJsonWithTheNamesOfTheFile() throws ProviderFileException {
            JsonNode json = new JsonMapper().valueToTree(parser.parse("acme.yaml", ACME));

            JsonNode oauth2 = json.at("/methods/oauth2");
            assertThat(oauth2.at("/default_scopes/1").asText()).isEqualTo("offline_access");
            assertThat(oauth2.at("/pkce").asText()).isEqualTo("required");
            assertThat(oauth2.at("/token_auth").asText()).isEqualTo("basic");
            assertThat(oauth2.at("/refresh/rotates").isBoolean()).isTrue();
            assertThat(oauth2.at("/refresh/access_ttl_s").asInt()).isEqualTo(60);
            assertThat(oauth2.at("/config/tenant/default").asText()).isEqualTo("common");
            assertThat(oauth2.at("/token_response/error_in_200").asBoolean(true))
                    .isFalse();
            assertThat(json.at("/methods/api_key/fields/0/name").asText()).isEqualTo("account_sid");
            assertThat(json.at("/methods").has("mcp")).isFalse();
        }

        @Test
        void isTheSameAfterAWayThroughJson() throws Exception {
            Provider acme = parser.parse("acme.yaml", ACME);
            JsonMapper json = new JsonMapper();

            assertThat(json.readValue(json.writeValueAsString(acme), Provider.class))
                    .isEqualTo(acme);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void namesTheFileTheKeyAndWhatIsAllowed(String from, String to, String[] parts) {
        assertThat(ACME).contains(from);
        assertThatThrownBy(() -> parser.parse("acme.yaml", ACME.replace(from, to)))
                .isInstanceOf(ProviderFileException.class)
                .hasMessageContaining("acme.yaml")
                .hasMessageContainingAll(parts);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("pkce: required", "pkce: maybe", "methods.oauth2.pkce", "'maybe'", "required, supported"),
                mistake("token_auth: basic", "token_auht: basic", "methods.oauth2.token_auht", "unknown", "token_auth"),
                mistake("rotates: true", "rotates: perhaps", "methods.oauth2.refresh.rotates", "sometimes"),
                mistake("key: acme", "key: Acme Inc", "key: 'Acme Inc'", "lower-case"),
                mistake("name: Acme", "name: ''", "name: is missing"),
                mistake("access_ttl_s: 60", "access_ttl_s: soon", "refresh.access_ttl_s", "whole number"),
                mistake("{tenant}/", "{tennant}/", "methods.oauth2.authorize", "{tennant}", "config"),
                mistake("http://localhost:8086/token", "http://acme.example/token", "oauth2.token", "https"),
                mistake("    authorize: https://acme.example/{tenant}/authorize\n", "", "oauth2.authorize: is missing"),
                mistake("[contacts.read, offline_access]", "[\"a b\"]", "default_scopes: 'a b'"),
                mistake("[contacts.read, offline_access]", "contacts.read", "default_scopes", "a list"),
                mistake("header: {X-Key: \"{key}\"}", "header: {\"X Key\": \"{key}\"}", "api_key.header: 'X Key'"),
                mistake("header: {X-Key: \"{key}\"}", "header: {}", "how the key is sent"),
                mistake("name: account_sid", "name: Account SID", "fields.name", "'Account SID'"),
                mistake("category: crm", "category: crm\ncategory: ai", "category"),
                mistake("methods:", "methods: [", "line"));
    }

    private static Arguments mistake(String from, String to, String... parts) {
        return Arguments.of(from, to, parts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "null", "[]", "just text", "key: a\nname: A\ncategory: x\nmethods: {}\n"})
    void refusesWhatIsNoProvider(String yaml) {
        assertThatThrownBy(() -> parser.parse("x.yaml", yaml))
                .isInstanceOf(ProviderFileException.class)
                .hasMessageContaining("x.yaml");
    }
}
