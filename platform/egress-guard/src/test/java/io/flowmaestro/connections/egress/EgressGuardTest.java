package io.flowmaestro.connections.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressGuardTest {

    private final ScriptedResolver resolver = new ScriptedResolver()
            .answer("localhost", "127.0.0.1", "::1")
            .answer("public.example", "93.184.216.34")
            .answer("tools.corp.example", "10.20.0.5")
            .answer("other.corp.example", "10.20.0.5")
            .answer("sneaky.corp.example", "169.254.169.254")
            .answer("home.example", "127.0.0.1");

    private VettedTarget vet(EgressGuard guard, String url) {
        return guard.vet(url).await().indefinitely();
    }

    @Nested
    class LocalProfile {
        private final EgressGuard guard = new EgressGuard(FixedSettings.production(), resolver, true);

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://localhost:9000/mcp",
                    "http://127.0.0.1:9000/",
                    "http://[::1]:9/",
                    "https://localhost/"
                })
        void opensLoopbackOnAnyPort(String url) {
            assertThat(vet(guard, url).address().isLoopbackAddress()).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http://public.example/",
                    "http://home.example/",
                    "https://home.example/",
                    "https://10.0.0.1/",
                    "http://169.254.169.254/",
                    "http://0.0.0.0/",
                    "http://[::]/",
                    "https://public.example:9000/"
                })
        void opensNothingElse(String url) {
            assertThatThrownBy(() -> vet(guard, url)).isInstanceOf(EgressRefused.class);
        }

        @Test
        void prefersIpv4() {
            assertThat(vet(guard, "http://localhost/").address().getHostAddress())
                    .isEqualTo("127.0.0.1");
        }

        @Test
        void doesNotBelieveALocalhostThatIsElsewhere() {
            var lying = new ScriptedResolver().answer("localhost", "93.184.216.34");
            var local = new EgressGuard(FixedSettings.production(), lying, true);

            assertThatThrownBy(() -> vet(local, "http://localhost/")).isInstanceOf(EgressRefused.class);
        }
    }

    @Nested
    class Allowed {
        @Test
        void aNameOpensItsPrivateAddressAndNoOtherName() {
            var guard = new EgressGuard(FixedSettings.production("Tools.Corp.Example."), resolver, false);

            assertThat(vet(guard, "https://tools.corp.example/mcp").host()).isEqualTo("tools.corp.example");
            assertThatThrownBy(() -> vet(guard, "https://other.corp.example/")).isInstanceOf(EgressRefused.class);
        }

        @Test
        void aNameNeverOpensLinkLocalOrLoopback() {
            var guard = new EgressGuard(
                    FixedSettings.production("sneaky.corp.example", "home.example", "localhost"), resolver, false);

            assertThatThrownBy(() -> vet(guard, "https://sneaky.corp.example/")).isInstanceOf(EgressRefused.class);
            assertThatThrownBy(() -> vet(guard, "https://home.example/")).isInstanceOf(EgressRefused.class);
            assertThatThrownBy(() -> vet(guard, "https://localhost/")).isInstanceOf(EgressRefused.class);
        }

        @Test
        void aNetworkOpensItsAddresses() {
            var guard = new EgressGuard(FixedSettings.production("10.20.0.0/16", "fd12::/16"), resolver, false);

            assertThat(vet(guard, "https://other.corp.example/").port()).isEqualTo(443);
            assertThat(vet(guard, "https://[fd12::1]/").tls()).isTrue();
            assertThatThrownBy(() -> vet(guard, "https://10.21.0.1/")).isInstanceOf(EgressRefused.class);
        }

        @Test
        void plainHttpStaysRefused() {
            var guard = new EgressGuard(FixedSettings.production("tools.corp.example"), resolver, false);

            assertThatThrownBy(() -> vet(guard, "http://tools.corp.example/"))
                    .hasMessageContaining("Only https URLs are allowed");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "127.0.0.0/8", "127.0.0.1", "0.0.0.0/0", "::/0", "::1", "169.254.169.254/32", "169.254.0.0/16",
                    "fe80::/10", "126.0.0.0/7", "10.0.0.0/33", "10.0.0/8/8", "not a host", "*.corp.example", ""
                })
        void aSettingThatWouldOpenTheMachineItselfStopsTheStart(String entry) {
            var settings = FixedSettings.production(entry);

            assertThatThrownBy(() -> new EgressGuard(settings, resolver, false))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aNameThatChangesItsMindIsRefusedTheNextTime() {
        var rebinding =
                new ScriptedResolver().answer("rebind.example", "93.184.216.34").answer("rebind.example", "127.0.0.1");
        var guard = new EgressGuard(FixedSettings.production(), rebinding, false);

        assertThat(vet(guard, "https://rebind.example/").address().getHostAddress())
                .isEqualTo("93.184.216.34");
        assertThatThrownBy(() -> vet(guard, "https://rebind.example/")).isInstanceOf(EgressRefused.class);
        assertThat(rebinding.asked).hasSize(2);
    }

    @Test
    void callsANameWhereItIsNow() {
        var moving = new ScriptedResolver()
                .answer("moving.example", "93.184.216.34")
                .answer("moving.example", "93.184.216.35")
                .answer("moving.example", "93.184.216.34");
        var guard = new EgressGuard(FixedSettings.production(), moving, false);

        assertThat(IntStream.range(0, 3).mapToObj(_ -> vet(guard, "https://moving.example/")))
                .extracting(target -> target.server().hostAddress(), VettedTarget::endpoint)
                .containsExactly(
                        tuple("93.184.216.34", "https://moving.example:443@93.184.216.34"),
                        tuple("93.184.216.35", "https://moving.example:443@93.184.216.35"),
                        tuple("93.184.216.34", "https://moving.example:443@93.184.216.34"));
    }
}
