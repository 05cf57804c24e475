package io.flowmaestro.connections.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostListTest {

    @Nested
    class Entries {
        @ParameterizedTest
        @CsvSource({
            "tools.example.com, https://tools.example.com/mcp, true",
            "Tools.Example.COM., https://TOOLS.example.com:8443/, true",
            "tools.example.com, https://other.example.com/, false",
            "tools.example.com, https://a.tools.example.com/, false",
            "tools.example.com:8443, https://tools.example.com:8443/, true",
            "tools.example.com:8443, https://tools.example.com/, false",
            "*.example.com, https://tools.example.com/, true",
            "*.example.com, https://a.b.example.com/, true",
            "*.example.com, https://example.com/, false",
            "*.example.com, https://badexample.com/, false",
            "*.example.com:443, https://tools.example.com/, true",
            "*.example.com:443, https://tools.example.com:8443/, false",
            "bücher.example, https://xn--bcher-kva.example/, true",
            "93.184.216.34, https://0x5db8d822/, true",
            "[2606:2800:220:1::1], https://[2606:2800:220:1:0:0:0:1]/, true",
            "[2606:2800:220:1::1]:443, https://[2606:2800:220:1::1]:8443/, false",
        })
        void coverTheHostsTheyName(String entry, String url, boolean covered) {
            var asked = EgressUrl.parse(url);

            assertThat(HostList.parse(List.of(" " + entry + " ")).covers(asked.host(), asked.port()))
                    .isEqualTo(covered);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "*",
                    "*.",
                    "a.*.example.com",
                    "https://example.com",
                    "example.com/mcp",
                    "example.com:",
                    "example.com:0",
                    "example.com:65536",
                    "example.com:x",
                    "*.10.0.0.1",
                    "::1",
                    "user@example.com",
                    "exa mple.com"
                })
        void areRefusedByNameWhenTheyAreNoHosts(String entry) {
            assertThatThrownBy(() -> HostList.parse(List.of("fine.example.com", entry)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("\"" + entry + "\" is no host. Write ");
        }
    }

    @Nested
    class Policy {
        private final ScriptedResolver resolver = new ScriptedResolver()
                .answer("tools.example.com", "93.184.216.34")
                .answer("bad.example.com", "93.184.216.35")
                .answer("elsewhere.example", "93.184.216.36");

        private EgressGuard guard(List<String> allow, List<String> deny) {
            var policy = new HostPolicy(HostList.parse(allow), HostList.parse(deny));
            return new EgressGuard(FixedSettings.production(), resolver, true, Optional.of(policy));
        }

        private static void permits(EgressGuard guard, String url) {
            assertThat(guard.vet(url).await().indefinitely().host()).isNotEmpty();
        }

        private static void refuses(EgressGuard guard, String url) {
            assertThatThrownBy(() -> guard.vet(url).await().indefinitely())
                    .isInstanceOfSatisfying(
                            EgressRefused.class,
                            refused -> assertThat(refused.reason()).isInstanceOf(Refusal.NotPermitted.class));
        }

        @Test
        void permitsAllThatIsNotDenied() {
            var guard = guard(List.of(), List.of("bad.example.com"));

            permits(guard, "https://tools.example.com/");
            refuses(guard, "https://bad.example.com/");
        }

        @Test
        void permitsNothingElseOnceSomethingIsAllowed() {
            var guard = guard(List.of("*.example.com"), List.of());

            permits(guard, "https://tools.example.com/");
            refuses(guard, "https://elsewhere.example/");
            refuses(guard, "https://93.184.216.34/");
            refuses(guard, "http://localhost:9000/");
        }

        @Test
        void deniesWhatIsOnBothLists() {
            var guard = guard(List.of("*.example.com"), List.of("bad.example.com"));

            permits(guard, "https://tools.example.com/");
            refuses(guard, "https://bad.example.com/");
        }

        @Test
        void asksNoResolverForAHostThatItRefuses() {
            refuses(guard(List.of("tools.example.com"), List.of()), "https://unknown.example/");

            assertThat(resolver.asked).isEmpty();
        }

        @Test
        void opensNothingThatIsNotPublic() {
            var guard = guard(List.of("169.254.169.254", "10.0.0.1"), List.of());

            assertThatThrownBy(
                            () -> guard.vet("https://169.254.169.254/").await().indefinitely())
                    .isInstanceOfSatisfying(
                            EgressRefused.class,
                            refused -> assertThat(refused.reason()).isInstanceOf(Refusal.NotPublic.class));
        }
    }
}
