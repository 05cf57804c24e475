package io.flowmaestro.connections.oauthclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.catalog.Provider;
import io.flowmaestro.connections.egress.EgressRequest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An emulator that took anything would prove nothing: each request, changed in one place, must be noticed. */
class EmulatorStrictnessTest {

    private static Stream<Provider> providers() {
        return Emulated.providers();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.flowmaestro.connections.oauthclient.EveryProviderTest#keys")
    void noticesEachMissingParameterOfTheAuthorizeUrl(String key) {
        try (var emulated = emulated(key)) {
            String url = emulated.authorizeUrl();
            var parameters = Emulated.query(url);
            var optional = new TreeSet<>(List.of("code_challenge", "code_challenge_method"));
            if (emulated.facts.extraScopeParam() != null) {
                optional.add(emulated.facts.extraScopeParam());
            }
            if (emulated.facts.defaultScopes().isEmpty()) {
                optional.add("scope");
            }
            parameters.keySet().stream()
                    .filter(name -> !optional.contains(name))
                    .forEach(name -> {
                        Map<String, String> fewer = new LinkedHashMap<>(parameters);
                        fewer.remove(name);
                        assertNoticed(emulated, FormText.withQuery(url.replaceFirst("\\?.*", ""), fewer), name);
                    });
            Map<String, String> more = new LinkedHashMap<>(parameters);
            more.put("unheard_of", "x");
            assertNoticed(emulated, FormText.withQuery(url.replaceFirst("\\?.*", ""), more), "unheard_of");
        }
    }

    private static void assertNoticed(Emulated emulated, String url, String name) {
        int before = emulated.emulator.complaints().size();
        var answer = Emulated.await(Emulated.EGRESS.send(EgressRequest.get(url)));
        assertThat(answer.status()).as("without or with %s", name).isEqualTo(400);
        assertThat(emulated.emulator.complaints()).hasSizeGreaterThan(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.flowmaestro.connections.oauthclient.EveryProviderTest#keys")
    void noticesEachMissingHeaderOfATokenRequest(String key) {
        try (var emulated = emulated(key)) {
            var callback = emulated.callback();
            emulated.exchange(callback);
            var headers = Emulated.EGRESS.sent().getLast().headers();
            Set<String> names = new TreeSet<>(headers.keySet());
            // egress-guard sends one of its own without it.
            names.remove("User-Agent");
            for (String name : names) {
                Emulated.EGRESS.tamper(request -> without(request, name));
                int before = emulated.emulator.complaints().size();
                emulated.exchange(emulated.callbackUntampered());
                assertThat(emulated.emulator.complaints())
                        .as("without %s", name)
                        .hasSizeGreaterThan(before);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.flowmaestro.connections.oauthclient.EveryProviderTest#keys")
    void noticesATokenRequestAtAnotherPathWithAnotherMethodOrWithoutABody(String key) {
        try (var emulated = emulated(key)) {
            var callback = emulated.callback();
            Emulated.EGRESS.tamper(request ->
                    EgressRequest.post(request.url() + "x", request.body()).withHeaders(request.headers()));
            assertThat(emulated.exchange(callback)).isNotInstanceOf(TokenAnswer.Granted.class);
            Emulated.EGRESS.tamper(request -> new EgressRequest(
                    HttpMethod.PUT,
                    request.url(),
                    request.headers(),
                    request.body(),
                    request.timeout(),
                    request.idleTimeout(),
                    request.maxBody(),
                    request.owner()));
            assertThat(emulated.exchange(callback)).isNotInstanceOf(TokenAnswer.Granted.class);
            Emulated.EGRESS.tamper(request -> request.withBody(Buffer.buffer()));
            assertThat(emulated.exchange(callback)).isNotInstanceOf(TokenAnswer.Granted.class);
            assertThat(emulated.emulator.complaints()).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    private static EgressRequest without(EgressRequest request, String header) {
        Map<String, String> fewer = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fewer.putAll(request.headers());
        fewer.remove(header);
        return request.withHeaders(fewer);
    }

    private static Emulated emulated(String key) {
        return Emulated.of(providers()
                .filter(provider -> provider.key().equals(key))
                .findFirst()
                .orElseThrow());
    }
}
