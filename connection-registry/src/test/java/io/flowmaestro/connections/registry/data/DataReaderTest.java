package io.flowmaestro.connections.registry.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.catalog.Field;
import io.flowmaestro.connections.egress.ShownUrl;
import io.flowmaestro.connections.http.Violation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataReaderTest {

    private static final List<Field> TWILIO = List.of(
            new Field("account_sid", null, null, false, true, "AC[0-9a-f]{4}", null, null),
            new Field("signing_key", null, null, true, false, null, null, null),
            new Field("region", null, null, false, false, null, List.of("us", "ie"), null));

    private static final Field BASE_URL = new Field("base_url", null, null, false, true, null, null, null);

    private final List<Violation> violations = new ArrayList<>();

    private Optional<ConnectionData> read(String method, String json, List<Field> extra) {
        try {
            return DataReader.read(
                    ConnectionMethod.of(method), new JsonMapper().readTree(json.replace('\'', '"')), extra, violations);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    @Nested
    class Accepted {
        @Test
        void dataIsSealedWholeAndShowsWithoutItsSecrets() {
            ConnectionData data = read(
                            "api_key",
                            "{'api_key': 'sk-1', 'api_secret': 'org\\nline', 'base_url': 'https://api.example/v1'}",
                            List.of())
                    .orElseThrow();

            assertThat(data).isInstanceOf(ConnectionData.ApiKey.class);
            assertThat(data.config().toString()).isEqualTo("{\"base_url\":\"https://api.example/v1\"}");
            assertThat(data.plaintext().reveal()).contains("sk-1", "org\\nline", "base_url");
            assertThat(data.toString()).doesNotContain("sk-1", "org");
        }

        @Test
        void fieldsOfTheProviderBelongToTheDataAndSecretOnesStaySealed() {
            ConnectionData data = read(
                            "api_key",
                            "{'api_key': 'k', 'account_sid': 'AC12ef', 'signing_key': 'hush', 'region': 'ie'}",
                            TWILIO)
                    .orElseThrow();

            assertThat(data.config().toString()).isEqualTo("{\"account_sid\":\"AC12ef\",\"region\":\"ie\"}");
        }

        @Test
        void expiryOfATokenIsReadFromEpochMilliseconds() {
            ConnectionData data = read("oauth2", "{'access_token': 't', 'expires_at': 1700000000123}", List.of())
                    .orElseThrow();

            assertThat(data)
                    .isInstanceOfSatisfying(
                            ConnectionData.OAuth2.class,
                            oauth2 -> assertThat(oauth2.expiresAt()).hasToString("2023-11-14T22:13:20.123Z"));
            assertThat(data.plaintext().reveal()).contains("\"token_type\":\"Bearer\"", "\"scope\":[]");
        }

        @Test
        void serverOfAnMcpConnectionGetsItsDefaults() {
            ConnectionData data = read(
                            "mcp",
                            "{'server_url': 'wss://mcp.example/x', 'auth_type': 'api_key', 'api_key': 'k'}",
                            List.of())
                    .orElseThrow();

            assertThat(data.config().toString())
                    .contains("\"protocol\":\"wss\"", "\"api_key_header\":\"X-API-Key\"")
                    .doesNotContain("\"api_key\":");
        }

        @Test
        void secretInTheAddressOfAServerIsSealedAndNotShown() {
            var data = read("mcp", "{'server_url': 'https://m.example/mcp?api_key=hush'}", List.of())
                    .orElseThrow();

            assertThat(data.plaintext().reveal()).contains("https://m.example/mcp?api_key=hush");
            assertThat(data.config().toString())
                    .contains("https://m.example/mcp?api_key=***")
                    .doesNotContain("hush");
            assertThat(data)
                    .isInstanceOfSatisfying(
                            ConnectionData.Mcp.class,
                            mcp -> assertThat(mcp.serverUrl()).isEqualTo("https://m.example/mcp?api_key=***"));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                api_key    | {'api_key': 'k', 'base_url': 'https://a.example/v1?key=hush'}                | https://a.example/v1?key=***
                api_key    | {'api_key': 'k', 'base_url': 'https://a.example/bot1234567890:hush-AAAAAAA'} | https://a.example/***
                basic_auth | {'username': 'u', 'password': 'p', 'base_url': 'https://a:hush@a.example'}   | https://***@a.example
                """)
        void secretInABaseUrlIsSealedAndNotShownWhateverTheMethod(String method, String json, String shown) {
            var extra = method.equals("api_key") ? List.<Field>of() : List.of(BASE_URL);
            var data = read(method, json, extra).orElseThrow();

            assertThat(data.plaintext().reveal()).contains("hush");
            assertThat(data.config().path("base_url").textValue()).isEqualTo(shown);
        }

        /** The broker sends no more of an address than may be seen. */
        @Test
        void addressOfAServerMayHideAPartWhereTheDataIsSealedAlready() {
            assertThat(UrlRule.MCP.refuse(ShownUrl.of("https://m.example/s/NmQ5YjA3ZTItMDFhYy00/mcp?key=hush")))
                    .isEmpty();
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                basic_auth | {'username': 'u', 'password': 'p', 'host': 'db.example', 'port': 5432, 'database': 'd', 'ssl': true}
                custom     | {'headers': {'X-Token': 'a b', 'x-other': 'c'}}
                mcp        | {'server_url': 'http://localhost:3100'}
                mcp        | {'server_url': 'https://m.example/mcp', 'protocol': 'https', 'auth_type': 'bearer', 'bearer_token': 't', 'timeout': 5000}
                mcp        | {'server_url': 'https://m.example', 'auth_type': 'basic', 'username': 'u', 'password': 'p', 'headers': {'A': 'b'}}
                mcp        | {'server_url': 'https://m.example', 'auth_type': 'oauth2'}
                oauth2     | {'access_token': 't', 'refresh_token': 'r', 'token_type': 'bot', 'scope': ['a', 'b c']}
                """)
        void eachMethodTakesItsOwn(String method, String json) {
            assertThat(read(method, json, List.of())).isPresent();
            assertThat(violations).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            api_key    | {}                                                      | data.api_key
            api_key    | []                                                      | data
            api_key    | null                                                    | data
            api_key    | {'api_key': ''}                                         | data.api_key
            api_key    | {'api_key': '  '}                                       | data.api_key
            api_key    | {'api_key': 7}                                          | data.api_key
            api_key    | {'api_key': null}                                       | data.api_key
            api_key    | {'api_key': 'a\\r\\nX-Evil: 1'}                         | data.api_key
            api_key    | {'api_key': 'a\\u0000b'}                                | data.api_key
            api_key    | {'api_key': 'a\\ud800b'}                                | data.api_key
            api_key    | {'api_key': 'k', 'api_secret': '\\u0000'}               | data.api_secret
            api_key    | {'api_key': 'k', 'access_token': 't'}                   | data.access_token
            api_key    | {'api_key': 'k', 'base_url': 'ftp://x.example'}         | data.base_url
            api_key    | {'api_key': 'k', 'base_url': 'https://'}                | data.base_url
            api_key    | {'api_key': 'k', 'base_url': 'https://u:p@x.example'}   | data.base_url
            api_key    | {'api_key': 'k', 'base_url': 'not a url'}               | data.base_url
            api_key    | {'api_key': 'k', 'base_url': 'https://a.example/***'}   | data.base_url
            api_key    | {'api_key': 'k', 'base_url': 'https://a.example?k=***'} | data.base_url
            oauth2     | {'refresh_token': 'r'}                                  | data.access_token
            oauth2     | {'access_token': 't', 'expires_at': '2030-01-01'}       | data.expires_at
            oauth2     | {'access_token': 't', 'expires_at': 1e99}               | data.expires_at
            oauth2     | {'access_token': 't', 'expires_at': 253402300800000}    | data.expires_at
            oauth2     | {'access_token': 't', 'scope': 'a b'}                   | data.scope
            oauth2     | {'access_token': 't', 'scope': [1]}                     | data.scope
            basic_auth | {'username': 'u'}                                       | data.password
            basic_auth | {'username': 'u', 'password': 'p', 'port': 70000}       | data.port
            basic_auth | {'username': 'u', 'password': 'p', 'port': '5432'}      | data.port
            basic_auth | {'username': 'u', 'password': 'p', 'ssl': 'yes'}        | data.ssl
            basic_auth | {'username': 'u', 'password': 'p', 'host': 'a/b'}       | data.host
            custom     | {}                                                      | data.headers
            custom     | {'headers': {}}                                         | data.headers
            custom     | {'headers': []}                                         | data.headers
            custom     | {'headers': {'X Y': 'v'}}                               | data.headers
            custom     | {'headers': {'X-A\\r\\nB': 'v'}}                        | data.headers
            custom     | {'headers': {'X-A': 'v\\r\\nX-B: w'}}                   | data.headers.X-A
            custom     | {'headers': {'Host': 'evil.example'}}                   | data.headers
            custom     | {'headers': {'X-A': '1', 'x-a': '2'}}                   | data.headers.x-a
            custom     | {'headers': {'X-A': 5}}                                 | data.headers.X-A
            mcp        | {}                                                      | data.server_url
            mcp        | {'server_url': 'file:///etc/passwd'}                    | data.server_url
            mcp        | {'server_url': 'https://m.example?key=***'}             | data.server_url
            mcp        | {'server_url': 'https://m.example#f'}                   | data.server_url
            mcp        | {'server_url': 'https://m.example', 'protocol': 'ws'}   | data.protocol
            mcp        | {'server_url': 'https://m.example', 'auth_type': 'ntlm'} | data.auth_type
            mcp        | {'server_url': 'https://m.example', 'auth_type': 'bearer'} | data.bearer_token
            mcp        | {'server_url': 'https://m.example', 'bearer_token': 't'} | data.bearer_token
            mcp        | {'server_url': 'https://m.example', 'api_key_header': 'X-K'} | data.api_key_header
            mcp        | {'server_url': 'https://m.example', 'timeout': 0}       | data.timeout
            mcp        | {'server_url': 'https://m.example', 'timeout': 1.5}     | data.timeout
            """)
    void refusesWhatDoesNotBelongAndNamesTheField(String method, String json, String field) {
        assertThat(read(method, json, List.of())).isEmpty();
        assertThat(violations).extracting(Violation::field).contains(field);
    }

    /** The gateway's own cases: it judges what is let through here, before anything is stored. */
    @TestFactory
    Stream<DynamicTest> refusesNothingOfAnMcpServerThatTheGatewayTakes() throws IOException {
        var cases = new JsonMapper()
                .readTree(Path.of("../mcp-gateway/src/test/resources/server-data.json")
                        .toFile());
        return StreamSupport.stream(cases.spliterator(), false)
                .map(one -> DynamicTest.dynamicTest(one.toString(), () -> judges(one)));
    }

    private static void judges(JsonNode one) {
        var found = new ArrayList<Violation>();
        DataReader.read(ConnectionMethod.MCP, one.get("data"), List.of(), found);

        if (!one.has("refused")) {
            assertThat(found).isEmpty();
        } else if (!found.isEmpty()) {
            // Where a header's name is what is wrong, it is left out.
            assertThat("data." + one.get("refused").textValue())
                    .startsWith(found.getFirst().field());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'api_key': 'k'}                                              | data.account_sid
            {'api_key': 'k', 'account_sid': 'wrong'}                      | data.account_sid
            {'api_key': 'k', 'account_sid': 'AC1234', 'region': 'mars'}   | data.region
            {'api_key': 'k', 'account_sid': 'AC1234', 'else': 'x'}        | data.else
            """)
    void holdsProvidersFieldsToWhatTheirFileSays(String json, String field) {
        assertThat(read("api_key", json, TWILIO)).isEmpty();
        assertThat(violations).extracting(Violation::field).contains(field);
    }

    @Test
    void neverRepeatsAValueInAMessage() {
        read("api_key", "{'api_key': 'sk-canary\\n', 'base_url': 'canary://x'}", List.of());

        assertThat(violations)
                .hasSize(2)
                .allSatisfy(violation -> assertThat(violation.message()).doesNotContain("canary"));
    }

    @Test
    void refusesASecretThatIsTooLong() {
        read("api_key", "{'api_key': '" + "k".repeat(16_385) + "'}", List.of());

        assertThat(violations).extracting(Violation::field).containsExactly("data.api_key");
    }
}
