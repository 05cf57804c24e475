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
        void mayLeaveToItsIssuerWhatTheIssuerSays() throws ProviderFileException {
            Provider acme = parser.parse(
                    "acme.yaml",
                    ACME.replace("    authorize: https://acme.example/{tenant}/authorize\n", "")
                            .replace("    token: http://localhost:8086/token\n", "")
                            .replace("    config: {tenant: {default: common}}\n", "")
                            .replace("revoke: null", "discover: true\n    issuer: https://id.acme.example"));

            assertThat(acme.methods().oauth2().discover()).isTrue();
            assertThat(acme.methods().oauth2().authorize()).isNull();
        }

        @Test
        void mayPointToAPartOfAPage() throws ProviderFileException {
            var acme = parser.parse("acme.yaml", ACME + "docs_url: https://acme.example/docs#oauth\n");

            assertThat(acme.docsUrl()).isEqualTo("https://acme.example/docs#oauth");
        }

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
                mistake("key: acme", "key: flows", "key: 'flows' is the name"),
                mistake("key: acme", "key: mcp", "key: 'mcp' is the name"),
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
                mistake("methods:", "methods: [", "not valid YAML (line"),
                mistake(
                        "token_auth: basic",
                        "token_auht: basic",
                        "acme.yaml: line 10: methods.oauth2.token_auht: unknown key; allowed are: account"),
                mistake("category: crm", "category: cmr", "category: 'cmr'", "finance"),
                mistake("category: crm", "category: crm\nicon: https://acme.example/i.png", "icon", "letters"),
                mistake("category: crm", "category: crm\nsource: file", "source: is set by the catalogue"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("combinations")
    void refusesWhatCouldOnlyFailOrBeUnsafe(String from, String to, String[] parts) {
        namesTheFileTheKeyAndWhatIsAllowed(from, to, parts);
    }

    static Stream<Arguments> combinations() {
        return Stream.of(
                mistake(
                        "example/{tenant}/authorize",
                        "example.{tenant}/authorize",
                        "authorize: {tenant} is part of the host"),
                mistake(
                        "revoke: null",
                        "revoke: {method: POST, url: \"https://{tenant}/r\"}",
                        "revoke.url: {tenant} is"),
                mistake(
                        "revoke: null",
                        "revoke: {method: POST, url: \"https://a.example/{x}\"}",
                        "revoke.url: {x} is not"),
                mistake(
                        "revoke: null",
                        "revoke: {method: POST, url: \"https://a.example/r\", auth: none}",
                        "oauth2.revoke: sends no token"),
                mistake(
                        "revoke: null",
                        "revoke: {method: POST, url: \"https://a.example/r\", auth: basic, body: none}",
                        "oauth2.revoke: sends no token"),
                mistake(
                        "revoke: null",
                        "revoke: {method: POST, url: \"https://a.example/r\", json: {id: \"{client_id}\"}}",
                        "oauth2.revoke: sends no token"),
                mistake(
                        "token_params: {expires_in: 1800}",
                        "token_params: {grant_type: x}",
                        "token_params: 'grant_type'"),
                mistake("revoke: null", "refresh_params: {client_secret: x}", "refresh_params: 'client_secret'"),
                mistake("revoke: null", "authorize_params: {redirect_uri: x}", "authorize_params: 'redirect_uri'"),
                mistake("revoke: null", "omit_params: [state]", "omit_params: 'state'"),
                mistake("revoke: null", "callback_params: [state]", "callback_params: 'state'"),
                mistake("revoke: null", "no_scope: true", "no_scope: contradicts default_scopes"),
                mistake(
                        "revoke: null",
                        "callback_params: [dc]\n    refresh_url: \"{dc}/token\"",
                        "refresh_url: {dc} is part of the host"),
                mistake("revoke: null", "callback_patterns: {dc: a}", "callback_patterns: 'dc' is not among"),
                mistake("revoke: null", "callback_equals: {dc: a}", "callback_equals: 'dc' is not among"),
                mistake(
                        "revoke: null",
                        "callback_params: [dc]\n    callback_equals: {dc: \"{shop}\"}",
                        "callback_equals.dc: {shop} is not declared"),
                mistake("revoke: null", "callback_hmac: sig", "callback_hmac: 'sig' is not among"),
                mistake("revoke: null", "refresh_repeats: [state]", "refresh_repeats: 'state' is not allowed"),
                mistake("revoke: null", "par: http://acme.example/par", "par: 'http://acme.example/par' is not"),
                mistake("revoke: null", "par: \"https://acme.example/par#a\"", "par: 'https://acme.example/par#a' has"),
                mistake("example/{tenant}/authorize", "example/{tenant}/authorize#a", "authorize#a' has a fragment"),
                mistake("revoke: null", "scope_separator: \", \"", "scope_separator: ', ' is not allowed"),
                mistake("revoke: null", "scope_separator: a", "scope_separator: 'a' is not allowed"),
                mistake("revoke: null", "scope_separator: \"\"", "scope_separator: '' is not allowed"),
                mistake(
                        "revoke: null",
                        "token_response: {scope_separator: \", \"}",
                        "token_response.scope_separator: ', ' is not"),
                mistake("revoke: null", "discover: true", "issuer: is missing"),
                mistake(
                        "revoke: null",
                        "discover: true\n    issuer: http://acme.example",
                        "issuer: 'http://acme.example' is not"),
                mistake(
                        "{rotates: true, access_ttl_s: 60,",
                        "{rotates: none, rt_hard_ttl_s: 60,",
                        "rotates: none says"),
                mistake(
                        "access_ttl_s: 60,",
                        "exchange: {method: GET, url: \"https://acme.example/x\"},",
                        "refresh.exchange: takes the place"),
                mistake(
                        "required\n    token_auth: basic",
                        "unsupported\n    token_auth: none",
                        "token_auth: none needs PKCE"),
                mistake("{default: common}", "{default: common}, dc: {default: eu}", "config.dc: no URL uses it"),
                mistake(
                        "{default: common}",
                        "{default: common, values: [mine]}",
                        "tenant.default: 'common' is not one"),
                mistake("{default: common}", "{default: common, required: true}", "a required variable has none"),
                mistake("{default: common}", "{default: common, pattern: \"[\"}", "tenant.pattern: not a regular"),
                mistake(
                        "base: https://api.acme.example",
                        "base: \"https://api.acme.example/{key}\"",
                        "path_secret: must be"),
                mistake("base: https://api", "path_secret: true\n    base: https://api", "path_secret: must not be"),
                mistake("\"{key}\"", "\"{token}\"", "api_key.header: {token} is not declared"),
                mistake("expect: 200", "expect: fine", "verify.expect: 'fine'", "2xx"),
                mistake("expect: 200", "expect: 404, bad: [404]", "verify.bad: 404 is expected"),
                mistake("expect: 200", "bad: [500]", "verify.bad: 500", "400 to 499"),
                mistake("expect: 200", "also_ok: [forbidden]", "verify.also_ok: 'forbidden'"),
                mistake("expect: 200", "json: {a: b}", "verify.json: needs method POST"),
                mistake("method: GET, path: /me", "method: DELETE, path: /me", "verify.method: 'DELETE'", "GET, POST"),
                mistake("path: /me", "path: me", "line 19: methods.api_key.verify.path: must start with '/'"),
                mistake("name: account_sid,", "name: api_key,", "fields.api_key.secret: must be true"),
                mistake(
                        "name: account_sid,",
                        "name: api_key, secret: true, pattern: a,",
                        "fields.api_key: has a rule of its own"));
    }

    @Nested
    class TheFieldsOfAMethod {
        @Test
        void includeTheKeyThatTheFileNeedNotDeclare() throws ProviderFileException {
            ApiKeyMethod apiKey = parser.parse("acme.yaml", ACME).methods().apiKey();

            assertThat(apiKey.fields()).extracting(Field::name).containsExactly("account_sid", "api_key");
            assertThat(apiKey.fields().getLast().label()).isEqualTo("API key");
            assertThat(apiKey.fields().getLast().secret()).isTrue();
        }

        @Test
        void areAskedForBesideTheMethodsOwnOnlyWhenTheProviderInsists() throws ProviderFileException {
            String declared = "fields: [{name: api_key, label: Token, secret: true, required: true},"
                    + " {name: api_secret, secret: true, required: true}, {name: base_url, label: Address}]";
            Methods methods = parser.parse(
                            "acme.yaml",
                            ACME.replace("fields: [{name: account_sid, label: Account, required: true}]", declared))
                    .methods();

            assertThat(methods.extraFields("api_key")).extracting(Field::name).containsExactly("api_secret");
            assertThat(methods.apiKey().fields().getFirst().label()).isEqualTo("Token");
        }
    }

    private static Arguments mistake(String from, String to, String... parts) {
        return Arguments.of(from, to, parts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  \n",
                "null",
                "[]",
                "{}",
                "just text",
                "name: A\n",
                "key: a\nname: A\ncategory: x\nmethods: {}\n"
            })
    void refusesWhatIsNoProvider(String yaml) {
        assertThatThrownBy(() -> parser.parse("x.yaml", yaml))
                .isInstanceOf(ProviderFileException.class)
                .hasMessageContaining("x.yaml");
    }
}
