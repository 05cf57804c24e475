package io.flowmaestro.connections.vault.kms;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.matching.UrlPattern;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.google.crypto.tink.subtle.Random;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.masterkey.KeyEncryptionKey;
import io.flowmaestro.connections.vault.problem.VaultProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for a key of every service. The service is a stub on the wire that really computes AES-GCM. */
public abstract class KmsKeyContract {

    protected static final Vertx VERTX = Vertx.vertx();
    protected static final Duration PATIENCE = Duration.ofSeconds(5);
    protected static final byte[] ALICE = "row of alice".getBytes(UTF_8);
    private static final byte[] BOB = "row of bob".getBytes(UTF_8);
    private static final Duration FAR = Duration.ofSeconds(20);

    protected final ComputingKms kms;
    protected final byte[] dataKey = Random.randBytes(32);
    protected WireMockServer server;
    protected LogCapture logs;

    protected KmsKeyContract(ComputingKms kms) {
        this.kms = kms;
    }

    protected abstract KeyEncryptionKey open(String address, Duration timeout);

    protected final KeyEncryptionKey open(Duration timeout) {
        return open(address(), timeout);
    }

    protected final String address() {
        return "http://localhost:" + server.port();
    }

    /** Another key of the same service. */
    protected abstract KeyEncryptionKey another();

    /** The requests that wrap. */
    protected abstract RequestPatternBuilder wrapping();

    protected abstract ResponseDefinitionBuilder throttled();

    protected abstract ResponseDefinitionBuilder forbidden();

    /** What the operator is told to do about that. */
    protected abstract String remedy();

    /** What must never be printed, beside the data key. */
    protected abstract List<String> secrets();

    @BeforeEach
    void start() {
        server = new WireMockServer(WireMockConfiguration.options()
                .dynamicPort()
                .dynamicHttpsPort()
                .bindAddress("127.0.0.1")
                .extensions(kms));
        server.start();
        server.stubFor(any(anyUrl()).atPriority(10).willReturn(aResponse().withTransformers(kms.getName())));
        logs = LogCapture.start();
    }

    @AfterEach
    void stop() {
        logs.close();
        server.stop();
        assertThat(logs.lines()).noneMatch(this::isTelling);
    }

    @Test
    void opensWhatItWrapped() {
        var key = open(PATIENCE);

        var wrapped = await(key.wrap(dataKey, ALICE));

        assertThat(wrapped).isNotEqualTo(dataKey);
        assertThat(await(key.unwrap(wrapped, ALICE))).isEqualTo(dataKey);
        assertThat(await(open(PATIENCE).unwrap(wrapped, ALICE)))
                .as("after a restart")
                .isEqualTo(dataKey);
    }

    @Test
    void leavesTheDataKeyToItsOwner() {
        var copy = dataKey.clone();

        await(open(PATIENCE).wrap(dataKey, ALICE));

        assertThat(dataKey).isEqualTo(copy);
    }

    @Test
    void refusesAnotherRowsAssociatedData() {
        var key = open(PATIENCE);
        var wrapped = await(key.wrap(dataKey, ALICE));

        assertNotOpened(key.unwrap(wrapped, BOB));
    }

    @Test
    void refusesWhatAnotherKeyWrapped() {
        var wrapped = await(another().wrap(dataKey, ALICE));

        assertNotOpened(open(PATIENCE).unwrap(wrapped, ALICE));
    }

    @Test
    void refusesEveryTamperedByte() {
        var key = open(PATIENCE);
        var wrapped = await(key.wrap(dataKey, ALICE));

        for (int i = 0; i < wrapped.length; i += 5) {
            var tampered = wrapped.clone();
            tampered[i] ^= 0x01;
            assertNotOpened(key.unwrap(tampered, ALICE));
        }
        assertNotOpened(key.unwrap(Random.randBytes(48), ALICE));
        assertThat(logs.warnings()).isEmpty();
    }

    @Test
    void triesAgainWhileItIsThrottledAndSucceeds() {
        failTwice(throttled());

        assertThat(await(open(PATIENCE).wrap(dataKey, ALICE))).isNotEmpty();
        assertThat(logs.warnings()).isEmpty();
    }

    @Test
    void givesUpAfterThreeThrottledAttempts() {
        always(throttled());

        assertUnavailable(open(PATIENCE).wrap(dataKey, ALICE), "THROTTLED", 3);
    }

    @Test
    void givesUpAfterThreeServerErrors() {
        always(aResponse().withStatus(503).withBody("{}"));

        assertUnavailable(open(PATIENCE).wrap(dataKey, ALICE), "SERVER_ERROR", 3);
    }

    @Test
    void givesUpAfterThreeBrokenConnections() {
        always(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        assertUnavailable(open(PATIENCE).wrap(dataKey, ALICE), "UNREACHABLE", 3);
    }

    @Test
    void saysThatNothingListens() {
        var key = open(PATIENCE);
        server.stop();

        assertUnavailable(key.wrap(dataKey, ALICE), "UNREACHABLE");
    }

    @Test
    void sendsNothingToAServerWhoseCertificateNobodyTrusts() {
        var key = open("https://localhost:" + server.httpsPort(), PATIENCE);

        assertUnavailable(key.wrap(dataKey, ALICE), "TLS", 0);
    }

    @Test
    void stopsWaitingWhenItsTimeIsUp() {
        always(aResponse().withFixedDelay(15_000).withBody("{}"));
        var started = System.nanoTime();

        assertUnavailable(open(Duration.ofSeconds(2)).wrap(dataKey, ALICE), "TIMEOUT", 1);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void stopsWaitingForAnAnswerThatTrickles() {
        always(aResponse().withBody("x".repeat(1_000)).withChunkedDribbleDelay(100, 15_000));
        var started = System.nanoTime();

        assertUnavailable(open(Duration.ofSeconds(2)).wrap(dataKey, ALICE), "TIMEOUT");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void tellsTheOperatorWhatToAllowAndTheCallerNothing() {
        always(forbidden());

        assertUnavailable(open(PATIENCE).wrap(dataKey, ALICE), "REFUSED");
        assertThat(logs.warnings()).singleElement().asString().contains(remedy());
    }

    @Test
    void refusesAnAnswerThatIsNoJson() {
        always(aResponse().withStatus(200).withBody("<html>canary-of-the-answer"));

        assertUnavailable(open(PATIENCE).wrap(dataKey, ALICE), "BAD_ANSWER");
        assertThat(server.findAll(wrapping())).hasSizeBetween(1, 3);
    }

    @Test
    void refusesAnAnswerWithoutEnd() {
        always(aResponse().withStatus(200).withBody("{\"x\":\"" + "y".repeat(KmsHttp.LARGEST_ANSWER) + "\"}"));

        assertUnavailable(open(PATIENCE).wrap(dataKey, ALICE), "BAD_ANSWER");
        assertThat(logs.warnings()).singleElement().asString().contains("larger than 65536 bytes");
    }

    @Test
    void neverBlocksAnEventLoopAndComesBackToIt() throws Exception {
        var key = open(Duration.ofSeconds(20));
        var wrapped = await(key.wrap(dataKey, ALICE));
        server.setGlobalFixedDelay(4_000);
        var loop = VERTX.getOrCreateContext();
        var ticks = new CompletableFuture<Void>();
        var answeredOn = new CompletableFuture<Context>();

        loop.runOnContext(_ -> {
            key.unwrap(wrapped, ALICE)
                    .subscribe()
                    .with(_ -> answeredOn.complete(Vertx.currentContext()), answeredOn::completeExceptionally);
            VERTX.setTimer(20, _ -> ticks.complete(null));
        });

        ticks.get(3, TimeUnit.SECONDS);
        assertThat(answeredOn).isNotDone();
        assertThat(answeredOn.get(30, TimeUnit.SECONDS)).isSameAs(loop);
    }

    @Test
    void showsNoSecretWhenPrinted() {
        assertThat(open(PATIENCE).toString()).matches(text -> !isTelling(text));
    }

    protected final void always(ResponseDefinitionBuilder answer) {
        server.stubFor(any(wrappingUrl()).atPriority(1).willReturn(answer));
    }

    private void failTwice(ResponseDefinitionBuilder answer) {
        var path = wrappingUrl();
        server.stubFor(any(path)
                .atPriority(1)
                .inScenario("twice")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("once more")
                .willReturn(answer));
        server.stubFor(any(path)
                .atPriority(1)
                .inScenario("twice")
                .whenScenarioStateIs("once more")
                .willSetStateTo("over")
                .willReturn(answer));
    }

    private UrlPattern wrappingUrl() {
        return wrapping().build().getUrlMatcher();
    }

    protected final void assertUnavailable(Uni<byte[]> call, String kind, int attempts) {
        assertUnavailable(call, kind);
        assertThat(server.findAll(wrapping())).as("attempts").hasSize(attempts);
    }

    protected final void assertUnavailable(Uni<byte[]> call, String kind) {
        var failure = catchThrowable(() -> await(call));

        assertThat(failure).isInstanceOfSatisfying(ProblemException.class, problem -> {
            assertThat(problem.code()).isEqualTo(VaultProblem.KMS_UNAVAILABLE);
            assertThat(problem.getStatusCode()).isEqualTo(503);
            assertThat(problem.getHeaders()).containsEntry("Retry-After", 2L);
            assertThat(problem.detail()).matches(text -> !isTelling(text)).doesNotContain("canary-of-the-answer");
        });
        assertThat(logs.warnings())
                .singleElement()
                .asString()
                .startsWith("Key management service ")
                .contains(": " + kind + ". ")
                .doesNotContain("canary-of-the-answer");
    }

    protected static void assertNotOpened(Uni<byte[]> call) {
        assertThatThrownBy(() -> await(call)).isInstanceOf(DecryptionFailed.class);
    }

    protected static <T> T await(Uni<T> call) {
        return call.await().atMost(FAR);
    }

    private boolean isTelling(String text) {
        return text.contains(Base64.getEncoder().encodeToString(dataKey))
                || text.contains(HexFormat.of().formatHex(dataKey))
                || secrets().stream().anyMatch(text::contains);
    }
}
