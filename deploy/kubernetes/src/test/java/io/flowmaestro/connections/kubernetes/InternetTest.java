package io.flowmaestro.connections.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A copy of an installation that must not act is given no way out, and everything else. */
class InternetTest {
    private static final List<String> VALUES = List.of("-f", "values/everything.yaml", "--set");

    /** The networks of egress.allow stand in the same rule: MCP servers of one's own are nobody to call from a copy, either. */
    @Test
    void isReachedByNobodyWhereItIsSwitchedOff() {
        assertThat(policies("networkPolicy.internet=false").values())
                .hasSize(6)
                .allSatisfy(policy -> assertThat(policy.content().toString())
                        .doesNotContain("0.0.0.0/0", "2000::/3", "10.20.0.0/16"));
    }

    @Test
    void isAllThatIsMissingThen() {
        Map<String, Manifest> with = policies("networkPolicy.internet=true");
        Map<String, Manifest> without = policies("networkPolicy.internet=false");

        assertThat(without.keySet()).isEqualTo(with.keySet());
        assertThat(without).allSatisfy((name, policy) -> {
            assertThat(rules(policy, "ingress")).isEqualTo(rules(with.get(name), "ingress"));
            assertThat(rules(policy, "egress"))
                    .isEqualTo(rules(with.get(name), "egress").stream()
                            .filter(rule -> !rule.contains("0.0.0.0/0"))
                            .toList());
        });
        assertThat(with.values())
                .filteredOn(policy -> rules(policy, "egress").stream().anyMatch(rule -> rule.contains("0.0.0.0/0")))
                .extracting(Manifest::service)
                .containsExactlyInAnyOrder("connection-registry", "oauth-broker", "mcp-gateway");
    }

    private static Map<String, Manifest> policies(String setting) {
        var arguments = Stream.concat(VALUES.stream(), Stream.of(setting)).toArray(String[]::new);
        return Rendering.chart(arguments)
                .ofKind("NetworkPolicy")
                .collect(Collectors.toMap(Manifest::name, policy -> policy));
    }

    private static List<String> rules(Manifest policy, String direction) {
        return policy.list("spec", direction).stream()
                .map(rule -> rule.content().toString())
                .toList();
    }
}
