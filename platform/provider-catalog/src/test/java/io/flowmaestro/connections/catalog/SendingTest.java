package io.flowmaestro.connections.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendingTest {

    private static final String ENTRY = """
            key: acme
            name: Acme
            category: crm
            docs_url: https://docs.acme.example
            methods:
              oauth2:
                authorize: https://login.acme.example/authorize
                token: https://{region}.acme.example:8443/token?x=1
                revoke: {method: POST, url: https://login.acme.example/revoke}
                account: {method: GET, url: https://api.acme.example/me, id: id}
                config: {region: {values: [eu, us], default: eu, label: Region}}
                default_scopes: [read]
              api_key:
                base: https://{host}/v1
                header: {Authorization: "{key}"}
                verify: {method: GET, path: /me}
                config: {host: {pattern: ".+", label: Host}}
                fields: [{name: plan, label: Plan, default: free}]
                note: see https://elsewhere.example
              mcp: {server_url: https://mcp.acme.example/mcp}
            """;

    private static Map<String, JsonNode> sending(String from, String to) throws Exception {
        var changed = ENTRY.replace(from, to);
        assertThat(changed).isNotEqualTo(ENTRY);
        return Sending.of(new ProviderFileParser().parse("acme.yaml", changed));
    }

    private static Map<String, JsonNode> sending() throws Exception {
        return Sending.of(new ProviderFileParser().parse("acme.yaml", ENTRY));
    }

    @Test
    void isOfEachMethodButAnMcpServer() throws Exception {
        assertThat(sending()).containsOnlyKeys("oauth2", "api_key");
    }

    /** Each way in which a credential got to somebody else's hands, some of them at a host of the provider's own. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            oauth2  | https://{region}.acme.example:8443/token | https://{region}.evil.example:8443/token
            oauth2  | https://login.acme.example/revoke        | https://login.acme.example/pages/evil
            oauth2  | https://api.acme.example/me              | https://api.acme.example/users/evil
            oauth2  | 'id: id}'                                | 'id: id, api_base: blog}'
            oauth2  | 'id: id}'                                | 'id: id, learn: {region: blog}}'
            oauth2  | 'values: [eu, us]'                       | 'pattern: ".+"'
            oauth2  | 'values: [eu, us], default: eu'          | 'values: [eu, us, evil], default: eu'
            api_key | 'https://{host}/v1'                      | https://{host}.evil.example/v1
            api_key | 'pattern: ".+", label: Host'             | 'pattern: ".+", default: evil.example'
            api_key | 'name: plan, label: Plan, default: free' | 'name: plan, label: Plan, default: evil'
            api_key | 'path: /me'                              | 'path: "/{plan}"'
            api_key | 'GET, path: /me'                         | 'POST, path: /me, json: {text: "{key}"}'
            api_key | 'Authorization: "{key}"'                 | 'X-Shown: "{key}"'
            """)
    void changesWithWhateverTakesACredentialElsewhere(String method, String from, String to) throws Exception {
        var changed = sending(from, to);

        assertThat(changed.get(method)).isNotEqualTo(sending().get(method));
        assertThat(changed).hasSize(2).containsAllEntriesOf(others(method));
    }

    private static Map<String, JsonNode> others(String method) throws Exception {
        var others = sending();
        others.remove(method);
        return others;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: Acme               | name: Other
            https://docs.            | https://other.
            path: /me                | 'path: /v2/me, expect: 2xx, bad: [400]'
            'id: id'                 | 'id: sub, name: email'
            'label: Region'          | 'label: Where'
            'label: Plan'            | 'label: Tariff'
            default_scopes: [read]   | 'default_scopes: [read, write]'
            see https://elsewhere    | see https://anywhere
            https://mcp.acme.example | https://tools.acme.example
            """)
    void isTheSameWhateverElseChanges(String from, String to) throws Exception {
        assertThat(sending(from, to)).isEqualTo(sending());
    }
}
