package io.flowmaestro.connections.local.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.isolation.Stock.Resource;
import io.flowmaestro.connections.local.suite.Service;
import io.flowmaestro.connections.proof.Proof;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Every operation of every service's OpenAPI document × everybody who may call or may not × whose resource it is about.
 * A difference between what is somebody else's and what is missing is a leak. An operation that it cannot address is an
 * error, so that no new one is left out.
 */
public final class IsolationMatrix implements AutoCloseable {
    private static final int FORBIDDEN = 403;
    private static final int SETTLING_SECONDS = 15;
    private static final String MALFORMED = "zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz";

    private final Proof proof = Proof.of("suite.isolation");
    private final Findings findings = new Findings();
    private final Map<Service, ApiDocument> documents = new EnumMap<>(Service.class);
    private final Map<Operation, List<Place>> operations = new HashMap<>();
    private final Set<Operation> reached = new HashSet<>();
    private final String canary = "canary" + UUID.randomUUID();
    private final SuiteAccess suite;
    private final McpServer mcpServer;
    private final People people;
    private final Stock stock;
    private final Requests requests;

    /** Of the suite that runs with this data folder and from this port on. */
    public IsolationMatrix(Path home, int port) throws IOException, InterruptedException {
        for (var service : Service.values()) {
            documents.put(service, ApiDocument.of(service));
        }
        documents
                .values()
                .forEach(document -> document.operations()
                        .forEach(operation -> operations.put(operation, Place.of(operation, document))));
        suite = new SuiteAccess(home, port);
        people = new People(suite);
        mcpServer = McpServer.start(suite.ports().mcpEverything());
        stock = new Stock(suite, people, documents, mcpServer.url(), canary);
        requests = new Requests(suite, documents, stock, mcpServer.url());
    }

    public void prove() throws Exception {
        attack(people.alice(), people.bob(), false);
        attack(people.bob(), people.alice(), true);
        operations.keySet().stream()
                .filter(operation -> !operation.isOpenToAnybody() && !reached.contains(operation))
                .forEach(operation -> findings.unproved(operation + ": nobody got through to it"));
        proof.figure("operations", operations.size())
                .figure(
                        "with_resources",
                        operations.values().stream()
                                .filter(IsolationMatrix::isOwned)
                                .count())
                .figure(
                        "callers",
                        2 * people.around(people.alice(), people.bob()).size())
                .figure("states", State.values().length)
                .figure("requests", requests.sent())
                .figure("compared", findings.compared())
                .figure("leaks", findings.leaks().size())
                .figure("wrong_roles", findings.roles().size())
                .figure("unproved", findings.unproved().size())
                .print();
        assertThat(findings.all())
                .as("leaks, wrong roles, and requests that show nothing")
                .isEmpty();
    }

    /** Everybody around {@code user} at what is {@code victim}'s, of which not a row may change. */
    private void attack(Caller user, Caller victim, boolean victimActed) throws Exception {
        var theirs = new ArrayList<Resource>();
        for (var operation : operations.keySet()) {
            for (var place : owned(operation)) {
                keep(operation, place, victim.user()).ifPresent(theirs::add);
            }
        }
        var before = settledRows(victim.user(), victimActed);
        for (var operation : operations.keySet()) {
            for (var caller : people.around(user, victim)) {
                call(operation, caller, victim.user());
            }
        }
        assertThat(UserRows.difference(before, UserRows.of(suite, victim.user(), victimActed)))
                .as("rows of " + victim + " that are other ones now, as they were and as they are")
                .isEmpty();
        for (var resource : theirs) {
            assertThat(resource.envelope().isEmpty() || stock.opens(victim.user(), resource))
                    .as("the connection " + resource.id() + " opens")
                    .isTrue();
        }
    }

    /** As they are once what was made a moment ago has been recorded everywhere. */
    private Set<String> settledRows(UUID user, boolean acted) throws Exception {
        var rows = UserRows.of(suite, user, acted);
        for (int i = 0; i < SETTLING_SECONDS; i++) {
            Thread.sleep(1_000);
            var now = UserRows.of(suite, user, acted);
            if (now.equals(rows)) {
                return rows;
            }
            rows = now;
        }
        throw new AssertionError("The rows of " + user + " change by themselves; see UserRows");
    }

    /** Makes what is asked for later, live and deleted. */
    private Optional<Resource> keep(Operation operation, Place place, UUID owner) throws Exception {
        stock.kept(place.kind(), operation.service(), owner, true);
        return stock.kept(place.kind(), operation.service(), owner, false);
    }

    private void call(Operation operation, Caller caller, UUID victim) throws Exception {
        if (operation.isOpenToAnybody()) {
            return;
        }
        if (owned(operation).isEmpty()) {
            var answer = send(operation, caller, victim, Map.of());
            var judgement = new Judgement(findings, operation, caller);
            if (!caller.mayCall(operation)) {
                judgement.refused(Map.of("always", answer));
            } else if (judgement.admitted(answer)) {
                reached.add(operation);
            }
            return;
        }
        for (var place : owned(operation)) {
            var judgement = new Judgement(findings, operation, caller, place);
            var answers = answers(operation, place, caller, victim);
            if (!caller.mayCall(operation)) {
                judgement.refused(answers);
            } else if (caller.isService() && answers.get(State.OWN).status() == FORBIDDEN) {
                judgement.peerRefused(answers);
            } else {
                judgement.judged(answers);
                reached.add(operation);
            }
        }
    }

    private Map<State, Answer> answers(Operation operation, Place place, Caller caller, UUID victim) throws Exception {
        var answers = new EnumMap<State, Answer>(State.class);
        for (var state : State.values()) {
            var subject = acting(caller, place, state);
            var resource = resource(operation, place, subject, state, victim);
            if (resource.isPresent()) {
                var named = new HashMap<Place, Resource>();
                for (var other : owned(operation)) {
                    named.put(other, other.equals(place) ? resource.get() : own(operation, other, subject, false));
                }
                answers.put(state, send(operation, subject, victim, named));
            }
        }
        return answers;
    }

    /** Who acts for a user may act for any: one that may be destroyed. */
    private static Caller acting(Caller caller, Place place, State state) {
        boolean forAnother = place.kind() instanceof Kind.User
                && state == State.OWN
                && !caller.role().equals(Caller.NONE)
                && caller.onBehalfOf().isPresent();
        return forAnother ? caller.actingFor(UUID.randomUUID()) : caller;
    }

    private Optional<Resource> resource(Operation operation, Place place, Caller caller, State state, UUID victim)
            throws Exception {
        var kind = place.kind();
        boolean everybodys = caller.isAdmin() && caller.mayCall(operation);
        return switch (state) {
            case OWN -> Optional.of(own(operation, place, caller, operation.isAboutDeleted()));
            case DELETED ->
                operation.isAboutDeleted() || caller.isAdmin()
                        ? Optional.empty()
                        : stock.kept(kind, operation.service(), caller.user(), true);
            case FOREIGN -> everybodys ? Optional.empty() : stock.kept(kind, operation.service(), victim, false);
            case FOREIGN_DELETED -> everybodys ? Optional.empty() : stock.kept(kind, operation.service(), victim, true);
            case MISSING -> Optional.of(stock.missing(caller.user()));
            case MALFORMED -> Optional.of(Resource.of(MALFORMED));
        };
    }

    /** One that may be used up by those who may use it; for all others the victim of the other half will do. */
    private Resource own(Operation operation, Place place, Caller caller, boolean deleted) throws Exception {
        var kind = place.kind();
        if (kind instanceof Kind.User && caller.isAdmin()) {
            return stock.fresh(kind, operation.service(), UUID.randomUUID(), false)
                    .orElseThrow();
        }
        var owner = caller.isAdmin() ? people.alice().user() : caller.user();
        return (caller.mayCall(operation) && !caller.isAdmin()
                        ? stock.fresh(kind, operation.service(), owner, deleted)
                        : stock.kept(kind, operation.service(), owner, deleted))
                .orElseThrow();
    }

    private Answer send(Operation operation, Caller caller, UUID victim, Map<Place, Resource> owned) throws Exception {
        var named = new HashMap<>(owned);
        for (var place : operations.get(operation)) {
            if (place.kind() instanceof Kind.Nobodys nobodys) {
                named.put(place, Resource.of(nobodys.value()));
            }
        }
        var answer = requests.send(operation, caller, named);
        boolean holdsAnothers =
                answer.body().contains(stock.canaryOf(victim)) || answer.body().contains(victim.toString());
        if (holdsAnothers && !Exceptions.handsOutEverybodys(operation, caller)) {
            findings.leak(operation + ", by " + caller + ": the answer holds what is another's: " + answer.body());
        }
        return answer;
    }

    private List<Place> owned(Operation operation) {
        return operations.get(operation).stream().filter(Place::isOwned).toList();
    }

    private static boolean isOwned(List<Place> places) {
        return places.stream().anyMatch(Place::isOwned);
    }

    @Override
    public void close() {
        mcpServer.close();
        suite.close();
    }
}
