package io.flowmaestro.connections.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.catalog.Account;
import io.flowmaestro.connections.catalog.Verify;
import io.flowmaestro.connections.egress.EgressRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every verification request and every account call of the catalogue, against a provider that answers as told. */
class BundledProvidersTest {

    private static final UUID USER = UUID.randomUUID();

    static Stream<Sample> samples() {
        return Sample.all();
    }

    private static Verdict verdict(Sample sample, Asked provider) {
        Verdict verdict = new CredentialVerifier(provider)
                .verify(USER, sample.provider(), sample.method(), sample.data())
                .await()
                .indefinitely();
        assertThat(verdict.toString())
                .as("what a verdict on %s shows", sample)
                .doesNotContain(sample.secrets())
                .doesNotContain("upstream-text");
        return verdict;
    }

    @Test
    void thereAreAboutAHundredOfThem() {
        assertThat(samples()).hasSizeGreaterThan(100);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void isAskedOnceAtTheUrlOfItsFileWithinBounds(Sample sample) {
        var provider = new Asked(200, good(sample).toString());
        verdict(sample, provider);
        EgressRequest request = provider.request();

        assertThat(request.url()).startsWith("https://").doesNotContain("{").isEqualTo(expectedUrl(sample));
        assertThat(request.method().name()).isEqualTo(expectedMethod(sample));
        assertThat(request.timeout()).hasSeconds(10);
        assertThat(request.maxBody()).isEqualTo(262_144);
        assertThat(request.owner()).isEqualTo(USER);
        assertThat(request.headers()).containsKeys("Accept", "User-Agent");
        assertThat(request.headers().values() + request.url())
                .as("the credential is in it")
                .containsAnyOf("CANARY", "Basic ");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void acceptsAGoodCredential(Sample sample) {
        var verdict = verdict(sample, new Asked(200, good(sample).toString()));

        assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
        assertThat(verdict.message()).startsWith(sample.provider().name() + " accepted ");
        if (account(sample).map(Account::id).isPresent()) {
            assertThat(((Verdict.Accepted) verdict).accountInfo().path("id").asText())
                    .isEqualTo("id-1");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void rejectsABadCredentialAtEachOfItsStatuses(Sample sample) {
        for (int status : bad(sample)) {
            var verdict = verdict(sample, new Asked(status, "{\"message\":\"upstream-text\"}"));

            assertThat(verdict).as("at %d", status).isInstanceOf(Verdict.Rejected.class);
            assertThat(verdict.message()).contains("refused", String.valueOf(status));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void leavesACredentialAloneInTheProvidersTrouble(Sample sample) {
        IntStream.of(408, 409, 418, 429, 500, 502, 503, 504, 529)
                .filter(status -> !bad(sample).contains(status))
                .forEach(status -> assertThat(verdict(sample, new Asked(status, "upstream-text")))
                        .as("at %d", status)
                        .isInstanceOf(Verdict.Inconclusive.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void followsNoRedirect(Sample sample) {
        var provider = new Asked(302, Map.of("Location", "https://upstream-text.example"), "");
        var verdict = verdict(sample, provider);

        assertThat(verdict).isInstanceOf(Verdict.Inconclusive.class);
        assertThat(verdict.message()).contains("redirect (302)");
        assertThat(provider.requests()).hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void doesNotTakeAPageForAnAnswerWhereTheAnswerCounts(Sample sample) {
        var verdict = verdict(sample, new Asked(200, "<html>upstream-text</html>"));

        boolean counts = account(sample).isPresent() || ok(sample).isPresent();
        assertThat(verdict).isInstanceOf(counts ? Verdict.Inconclusive.class : Verdict.Accepted.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void rejectsASuccessThatIsMarkedAsAFailure(Sample sample) {
        ok(sample).ifPresent(path -> {
            String expression = path.split("=", -1)[0];
            ObjectNode failed = Answers.put((ObjectNode) good(sample), expression, "null");
            assertThat(verdict(sample, new Asked(200, failed.toString()))).isInstanceOf(Verdict.Rejected.class);

            ObjectNode moment =
                    Answers.put((ObjectNode) good(sample), expression, "null").put("error", "ratelimited");
            assertThat(verdict(sample, new Asked(200, moment.toString()))).isInstanceOf(Verdict.Inconclusive.class);
        });
    }

    @Nested
    class ARestrictedCredential {
        @ParameterizedTest(name = "{0}")
        @MethodSource("io.flowmaestro.connections.verification.BundledProvidersTest#samples")
        void isAcceptedWhereTheFileKnowsItsError(Sample sample) {
            for (String pair : alsoOk(sample)) {
                int status = Integer.parseInt(pair.substring(0, 3));
                String body = "{\"name\":\"%s\"}".formatted(pair.substring(4));

                assertThat(verdict(sample, new Asked(status, body)))
                        .isInstanceOf(Verdict.Accepted.class)
                        .extracting(Verdict::message)
                        .asString()
                        .contains("restricted rights");
                assertThat(verdict(sample, new Asked(status, "{\"name\":\"other\"}")))
                        .isNotInstanceOf(Verdict.Accepted.class);
            }
        }

        @Test
        void isKnownOfTwoProvidersAtLeast() {
            assertThat(samples().filter(sample -> !alsoOk(sample).isEmpty())).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    private static Optional<Verify> verify(Sample sample) {
        var methods = sample.provider().methods();
        return Optional.ofNullable(
                switch (sample.method()) {
                    case "api_key" -> methods.apiKey().verify();
                    case "basic_auth" -> methods.basicAuth().verify();
                    default -> null;
                });
    }

    private static Optional<Account> account(Sample sample) {
        var methods = sample.provider().methods();
        return Optional.ofNullable(
                switch (sample.method()) {
                    case "api_key" -> methods.apiKey().account();
                    case "oauth2" -> methods.oauth2().account();
                    default -> null;
                });
    }

    private static List<Integer> bad(Sample sample) {
        return verify(sample).map(Verify::bad).orElse(List.of(401));
    }

    private static List<String> alsoOk(Sample sample) {
        return verify(sample).map(Verify::alsoOk).orElse(List.of());
    }

    private static Optional<String> ok(Sample sample) {
        return verify(sample).map(Verify::okPath).or(() -> account(sample).map(Account::okPath));
    }

    private static String expectedMethod(Sample sample) {
        return verify(sample)
                .map(Verify::method)
                .orElseGet(() -> account(sample).orElseThrow().method());
    }

    private static String expectedUrl(Sample sample) {
        var methods = sample.provider().methods();
        return switch (sample.method()) {
            case "oauth2" -> sample.filled(account(sample).orElseThrow().url());
            case "basic_auth" ->
                sample.filled(methods.basicAuth().base().replace("{base_url}", "https://api.acme.example/root")
                        + verify(sample).orElseThrow().path());
            default -> {
                String query = methods.apiKey().query().entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .reduce("", (one, other) -> one.isEmpty() ? "?" + other : one + "&" + other);
                yield sample.filled(methods.apiKey().base().replace("{base_url}", "https://api.acme.example/root")
                        + verify(sample).orElseThrow().path()
                        + query);
            }
        };
    }

    /** An answer in which everything that the file looks at is there. */
    private static JsonNode good(Sample sample) {
        Optional<String> id = account(sample).map(Account::id);
        JsonNode answer = id.filter(path -> path.startsWith("[")).isPresent()
                ? JsonNodeFactory.instance.arrayNode()
                : JsonNodeFactory.instance.objectNode();
        ok(sample).ifPresent(path -> {
            String[] parts = path.split("=", -1);
            Answers.put(answer, parts[0], parts.length == 1 ? "true" : "\"" + parts[1] + "\"");
        });
        account(sample).map(Account::name).ifPresent(path -> Answers.put(answer, path, "\"ann@acme.example\""));
        id.ifPresent(path -> Answers.put(answer, path, "\"id-1\""));
        return answer;
    }
}
