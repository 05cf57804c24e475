package io.flowmaestro.connections.registry.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flowmaestro.connections.flight.Flights;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.connection.ConnectionRequests;
import io.flowmaestro.connections.registry.connection.ConnectionStatus;
import io.flowmaestro.connections.registry.connection.ToolService;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tests connections, one at a time each, whoever asks and on whichever replica. No transaction spans the test. */
@ApplicationScoped
public class TestService {

    private static final Logger LOG = Logger.getLogger(TestService.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private final ConnectionTester tester;
    private final ConnectionRequests requests;
    private final TestRepository repository;
    private final TestMetrics metrics;
    private final ToolService tools;
    private final ObjectMapper json;
    private final Clock clock;
    private final Flights<Place, TestResult> flights = new Flights<>();

    TestService(
            ConnectionTester tester,
            ConnectionRequests requests,
            TestRepository repository,
            TestMetrics metrics,
            ToolService tools,
            ObjectMapper json,
            Clock clock) {
        this.tester = tester;
        this.requests = requests;
        this.repository = repository;
        this.metrics = metrics;
        this.tools = tools;
        this.json = json;
        this.clock = clock;
    }

    /** Whose connection it is belongs to the key: a test is joined before anything is looked up. */
    private record Place(UUID user, UUID connection) {}

    /** How a connection stands, after a test if one was due. */
    record Checked(
            ConnectionStatus status,
            @Nullable String statusReason,
            @Nullable TestResult testResult) {}

    /** Tests data before it is saved. Nothing is stored. */
    Uni<TestResult> testUnsaved(Caller caller, @Nullable JsonNode body) {
        return tester.test(caller.subject(), requests.unsaved(body)).map(finding -> TestResult.of(finding, now()));
    }

    /**
     * Tests a stored connection, or waits for the test that is under way. A crash leaves a claim that lapses some seconds
     * after the longest test, and everything else as it was.
     */
    public Uni<TestResult> test(Caller by, UUID id) {
        return flights.join(
                new Place(by.subject(), id),
                () -> repository
                        .claim(by.subject(), id)
                        .chain(claimed ->
                                claimed.map(claim -> run(by, claim)).orElseGet(() -> anothers(by.subject(), id))));
    }

    /** Tests a connection whose last test is too old for the occasion. */
    Uni<Checked> testIfDue(Caller by, UUID id, TestOccasion occasion) {
        return repository
                .state(by.subject(), id)
                .chain(state -> state.due(occasion) && tester.canTest(state.method(), state.provider())
                        ? test(by, id).chain(result -> checked(by.subject(), id, result))
                        : Uni.createFrom().item(new Checked(state.status(), state.statusReason(), null)));
    }

    private Uni<Checked> checked(UUID user, UUID id, TestResult result) {
        return repository.state(user, id).map(state -> new Checked(state.status(), state.statusReason(), result));
    }

    private Uni<TestResult> run(Caller by, TestRepository.Claim claim) {
        return tester.test(claim.user(), claim.connection(), claim.method(), claim.provider())
                .chain(finding -> recorded(by, claim, finding))
                .onFailure()
                .call(() -> repository.release(claim));
    }

    private Uni<TestResult> recorded(Caller by, TestRepository.Claim claim, Finding finding) {
        TestResult result = TestResult.of(finding, now());
        metrics.count(claim.provider(), result.outcome());
        LOG.debugf(
                "Test of connection %s: %s",
                claim.connection(), result.outcome().wire());
        return repository
                .record(by, claim, finding, result)
                .call(() -> kept(by, claim, finding))
                .replaceWith(result);
    }

    /** What the server offers came along for nothing. That it could not be kept is no news about the connection. */
    private Uni<Void> kept(Caller by, TestRepository.Claim claim, Finding finding) {
        var discovered = finding.discovered();
        return discovered == null
                ? Uni.createFrom().voidItem()
                : tools.keep(by, claim.connection(), claim.version(), discovered)
                        .onFailure()
                        .invoke(failure -> LOG.warnf("The tools of a connection were not kept: %s", failure))
                        .onFailure()
                        .recoverWithNull();
    }

    /** Another replica is at it: its result will be in the row. */
    private Uni<TestResult> anothers(UUID user, UUID id) {
        Instant until = now().plus(PATIENCE);
        return Uni.createFrom()
                .deferred(() -> repository.state(user, id))
                .onItem()
                .delayIt()
                .by(LOOK_AGAIN)
                .repeat()
                .whilst(state -> state.underWay() && now().isBefore(until))
                .collect()
                .last()
                .map(state -> result(state));
    }

    private TestResult result(TestRepository.State state) {
        if (state.underWay() || state.lastTest() == null) {
            throw new ProblemException(
                            RegistryProblem.CONNECTION_BEING_TESTED,
                            "A test of this connection is under way. Read the connection in a few seconds to see how it went.")
                    .retryAfter(Duration.ofSeconds(5));
        }
        try {
            return json.readValue(state.lastTest(), TestResult.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a stored test result is no test result", impossible);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
