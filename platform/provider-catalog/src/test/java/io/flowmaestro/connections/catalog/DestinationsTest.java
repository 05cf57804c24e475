package io.flowmaestro.connections.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DestinationsTest {

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
                account: {url: https://api.acme.example/me, id: id}
                config: {region: {pattern: "eu|us", label: Region}}
              api_key:
                base: https://api.acme.example/v1
                header: {Authorization: "{key}"}
                verify: {method: GET, path: /me}
                note: see https://elsewhere.example
              mcp: {server_url: https://mcp.acme.example/mcp}
            """;

    private static Provider provider(String entry) throws Exception {
        return new ProviderFileParser().parse("acme.yaml", entry);
    }

    @Test
    void areTheHostsOfWhateverIsSentToAndWhatStandsForVariablesInThem() throws Exception {
        assertThat(Destinations.of(provider(ENTRY)))
                .containsExactlyInAnyOrder(
                        "config.region.pattern: eu|us",
                        "https://api.acme.example",
                        "https://login.acme.example",
                        "https://{region}.acme.example:8443");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://{region}.acme.example:8443/token | https://{region}.evil.example:8443/token
            https://login.acme.example/revoke        | https://evil.example/revoke
            https://api.acme.example/me              | https://api.acme.example.evil.example/me
            https://api.acme.example/v1              | https://api.acme.example:444/v1
            'eu|us'                                  | 'eu|us|evil'
            """)
    void areMoreWhereACredentialCouldGoElsewhere(String from, String to) throws Exception {
        String changed = ENTRY.replace(from, to);
        assertThat(changed).isNotEqualTo(ENTRY);

        var added = Destinations.of(provider(changed));
        added.removeAll(Destinations.of(provider(ENTRY)));

        assertThat(added).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: Acme               | name: Other
            https://docs.            | https://other.
            path: /me                | path: /v2/me
            see https://elsewhere    | see https://anywhere
            https://mcp.acme.example | https://tools.acme.example
            """)
    void areTheSameWhateverElseChanges(String from, String to) throws Exception {
        assertThat(Destinations.of(provider(ENTRY.replace(from, to)))).isEqualTo(Destinations.of(provider(ENTRY)));
    }
}
