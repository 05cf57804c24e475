package io.flowmaestro.connections.oauth.credential;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.flowmaestro.connections.oauth.provider.Provider;
import io.flowmaestro.connections.oauth.provider.Providers;
import io.flowmaestro.connections.oauth.refresh.OpenConnection;
import io.flowmaestro.connections.oauth.refresh.RefreshService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Hands out credentials that work. */
@ApplicationScoped
class CredentialService {

    private static final Logger LOG = Logger.getLogger(CredentialService.class);

    private final Connections connections;
    private final Sealing sealing;
    private final RefreshService refreshes;
    private final Providers providers;
    private final DueTests tests;
    private final UsageLog usage;
    private final RememberedCredentials remembered;
    private final CallerRates rates;
    private final CredentialJson json;

    CredentialService(
            Connections connections,
            Sealing sealing,
            RefreshService refreshes,
            Providers providers,
            DueTests tests,
            UsageLog usage,
            RememberedCredentials remembered,
            CallerRates rates,
            CredentialJson json) {
        this.connections = connections;
        this.sealing = sealing;
        this.refreshes = refreshes;
        this.providers = providers;
        this.tests = tests;
        this.usage = usage;
        this.remembered = remembered;
        this.rates = rates;
        this.json = json;
    }

    /**
     * The body of the answer: a credential in its envelope, as JSON.
     *
     * @param scopes that an OAuth token must have; other methods know none
     */
    Uni<String> usable(Caller caller, UUID id, List<String> scopes) {
        rates.require(caller);
        var known = remembered.find(caller.subject(), id);
        return known.filter(this::isGood)
                .map(good ->
                        Uni.createFrom().item(usage.ofOneInHand(caller, id, () -> handOut(good, caller, id, scopes))))
                .orElseGet(() -> usage.ofOne(
                        caller,
                        id,
                        () -> readAnew(known, caller.subject(), id).map(read -> handOut(read, caller, id, scopes))));
    }

    private Uni<HandedOut> readAnew(Optional<HandedOut> known, UUID user, UUID id) {
        return remembered.read(user, id, known.filter(this::isAlive), () -> read(user, id));
    }

    private static String handOut(HandedOut credential, Caller caller, UUID id, List<String> scopes) {
        credential.requireScopes(scopes);
        LOG.debugf("The credential of connection %s is handed out to %s", id, caller.via());
        return credential.json();
    }

    private boolean isGood(HandedOut remembered) {
        return remembered.tokens() == null || !refreshes.isDue(remembered.tokens());
    }

    private boolean isAlive(HandedOut remembered) {
        return remembered.tokens() == null || refreshes.isAlive(remembered.tokens());
    }

    private Uni<HandedOut> read(UUID user, UUID id) {
        return connections
                .require(user, id)
                .map(StoredConnection::requireActive)
                .chain(tests::settle)
                .chain(this::open);
    }

    /** The same for a test, which is no use and waits for none: also of a connection that seems not to work. */
    Uni<String> forTest(UUID user, UUID id) {
        return connections
                .require(user, id)
                .map(StoredConnection::requireTestable)
                .chain(this::open)
                .map(HandedOut::json);
    }

    private Uni<HandedOut> open(StoredConnection stored) {
        return sealing.open(stored)
                .chain(data ->
                        OpenConnection.of(stored, data).map(this::renewed).orElseGet(() -> plain(stored, data)));
    }

    private Uni<HandedOut> plain(StoredConnection stored, ObjectNode data) {
        return view(stored, Credential.of(stored, data), stored.generation())
                .map(view -> new HandedOut(json.of(view), null));
    }

    private Uni<HandedOut> renewed(OpenConnection seen) {
        return refreshes
                .usable(seen)
                .chain(good -> view(good.stored(), Credential.of(good.stored(), good.tokens()), good.generation())
                        .map(view -> new HandedOut(json.of(view), good.tokens())));
    }

    /** A provider that is unknown, or a catalogue that is away and was never read, only costs the hint. */
    private Uni<CredentialView> view(StoredConnection stored, Credential credential, long version) {
        return providers
                .find(stored.provider())
                .onFailure(ProblemException.class)
                .recoverWithItem(Optional.<Provider>empty())
                .map(provider ->
                        CredentialView.of(credential, version, Applying.of(credential, provider.orElse(null))));
    }
}
