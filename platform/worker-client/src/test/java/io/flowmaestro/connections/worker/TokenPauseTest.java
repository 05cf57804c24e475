package io.flowmaestro.connections.worker;

import static io.flowmaestro.connections.worker.StubServer.json;
import static io.flowmaestro.connections.worker.StubServer.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.flowmaestro.connections.worker.ClientCredentials.Client;
import io.flowmaestro.connections.worker.StubServer.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of five seconds, in which nobody asks an issuer that has just failed. */
@Timeout(30)
class TokenPauseTest {

    private static final Duration NEARLY = Duration.ofMillis(4_999);
    private static final Duration REST = Duration.ofMillis(1);
    private static final Reply FAILED = problem(503, "x", "");

    private final StubServer issuer = new StubServer();
    private final TestClock clock = new TestClock();
    private Duration aTryTakes = Duration.ZERO;
    private final ClientCredentials tokens = ClientCredentials.of(
            issuer.url(),
            new Client("worker", this::secret, Map.of()),
            new Settings(clock, Suite.retries(), Duration.ofSeconds(10)));

    /** Asked for at each try. */
    private String secret() {
        clock.pass(aTryTakes);
        return "s3cret";
    }

    @BeforeEach
    void discovered() {
        issuer.on(
                "/.well-known/openid-configuration",
                json(200, "{\"issuer\": \"%1$s\", \"token_endpoint\": \"%1$s/token\"}".formatted(issuer.url())));
        issuer.on("/token", token("w-1"));
    }

    @AfterEach
    void close() {
        tokens.close();
        issuer.close();
    }

    @Test
    void isCountedFromTheEndOfTheTries() {
        tokens.token();
        clock.pass(Duration.ofSeconds(545));
        aTryTakes = Duration.ofSeconds(6);
        issuer.on("/token", FAILED);

        assertThat(tokens.token()).isEqualTo("w-1");
        clock.pass(NEARLY);
        assertThat(tokens.token()).isEqualTo("w-1");
        assertThat(asked()).isEqualTo(1 + 3);
        clock.pass(REST);
        assertThat(tokens.token()).isEqualTo("w-1");

        assertThat(asked()).as("it is over").isEqualTo(1 + 3 + 3);
    }

    @Test
    void hasTheLastFailureThrownAgainWhereThereIsNoToken() {
        aTryTakes = Duration.ofSeconds(6);
        issuer.on("/token", FAILED);
        var failure = catchThrowableOfType(ProblemException.class, tokens::token);
        issuer.on("/token", token("w-1"));
        clock.pass(NEARLY);

        assertThatThrownBy(tokens::token).isInstanceOf(ProblemException.class).hasMessage(failure.getMessage());
        assertThat(asked()).isEqualTo(3);
        clock.pass(REST);

        assertThat(tokens.token()).isEqualTo("w-1");
    }

    @Test
    void doesNotKeepATokenAliveThatEndedDuringTheTries() {
        tokens.token();
        clock.pass(Duration.ofSeconds(590));
        aTryTakes = Duration.ofSeconds(6);
        issuer.on("/token", FAILED);

        assertThatThrownBy(tokens::token).isInstanceOf(ProblemException.class);
    }

    @Test
    void endsWithTheTokenThatIsRefused() {
        String first = tokens.token();
        clock.pass(Duration.ofSeconds(545));
        issuer.on("/token", problem(503, "x", "60"), token("w-2"));
        assertThat(tokens.token()).isEqualTo("w-1");

        tokens.refused(first);

        assertThat(tokens.token()).isEqualTo("w-2");
    }

    @Test
    void isNotMadeForACallerWhoWasInterrupted() {
        issuer.on("/token", StubServer.silent(), token("w-1"));
        Thread caller = Thread.currentThread();
        Thread.ofPlatform().start(() -> {
            while (issuer.received("/token").isEmpty()) {
                Thread.onSpinWait();
            }
            caller.interrupt();
        });

        assertThatThrownBy(tokens::token).isInstanceOf(UnreachableException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(tokens.token()).isEqualTo("w-1");
    }

    @Test
    void isNotNeededByAThreadThatIsInterruptedWhileAnotherAsks() throws Exception {
        var gate = new CountDownLatch(1);
        issuer.on("/token", new Reply(200, "", token("w-1").body(), gate));
        var other = CompletableFuture.supplyAsync(tokens::token);
        while (asked() == 0) {
            Thread.sleep(5);
        }
        Thread caller = Thread.currentThread();
        Thread.ofPlatform().start(() -> {
            while (caller.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            caller.interrupt();
        });

        var exception = catchThrowableOfType(UnreachableException.class, tokens::token);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(exception).hasMessage("The thread was interrupted while it waited for an answer.");
        assertThat(other).isNotDone();
        gate.countDown();
        assertThat(other.get()).isEqualTo("w-1");
    }

    private int asked() {
        return issuer.received("/token").size();
    }

    private static Reply token(String value) {
        return json(200, "{\"access_token\": \"" + value + "\", \"token_type\": \"Bearer\", \"expires_in\": 600}");
    }
}
