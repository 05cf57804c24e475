package io.flowmaestro.connections.oauth.revocation;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.mcp.TokenIssuers;
import io.flowmaestro.connections.oauthclient.OAuthTokens;
import io.flowmaestro.connections.oauthclient.RevocationEndpoint;
import io.flowmaestro.connections.oauthclient.RevocationOutcome;
import io.flowmaestro.connections.oauthclient.RevocationRules;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** Ends tokens at the provider that issued them. */
@ApplicationScoped
public class Revoker {

    private final TokenIssuers issuers;
    private final RevocationEndpoint endpoint;
    private final MeterRegistry metrics;

    Revoker(TokenIssuers issuers, RevocationEndpoint endpoint, MeterRegistry metrics) {
        this.issuers = issuers;
        this.endpoint = endpoint;
        this.metrics = metrics;
    }

    /**
     * Revokes tokens of which it is not known what else hangs on them, so a provider that would end that as well is left
     * alone.
     */
    public Uni<RevocationOutcome> revoke(String key, OAuthTokens tokens) {
        return revoke(key, tokens, Uni.createFrom().item(Standing.AMONG_OTHERS));
    }

    /**
     * Revokes the tokens.
     *
     * @param look what hangs on them; asked right before the provider is
     */
    Uni<RevocationOutcome> revoke(String key, OAuthTokens tokens, Uni<Standing> look) {
        return issuers.of(key, tokens)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().<RevocationOutcome>item(new RevocationOutcome.NotOffered())
                        : revoke(found.get(), tokens, look))
                .onFailure(Revoker::isFinal)
                .recoverWithItem(failure -> new RevocationOutcome.Refused(
                        ((ProblemException) failure).code().code()))
                .invoke(this::count);
    }

    private Uni<RevocationOutcome> revoke(TokenIssuers.TokenIssuer issuer, OAuthTokens tokens, Uni<Standing> look) {
        var settings = issuer.settings();
        var rules = settings.revocation();
        return rules == null
                ? notOffered()
                : issuer.client()
                        .chain(client -> look.chain(standing ->
                                mayBeTold(standing, rules) ? endpoint.revoke(settings, client, tokens) : notOffered()));
    }

    private static boolean mayBeTold(Standing standing, RevocationRules rules) {
        return switch (standing) {
            case ALONE -> true;
            case AMONG_OTHERS -> !rules.endsGrant();
            case MADE_ANEW -> false;
        };
    }

    private static Uni<RevocationOutcome> notOffered() {
        return Uni.createFrom().item(new RevocationOutcome.NotOffered());
    }

    /** A provider that lost its client or its addresses: nothing that waiting would mend. */
    private static boolean isFinal(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code().status() < 500;
    }

    private void count(RevocationOutcome outcome) {
        String name = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        metrics.counter("connections.oauth.revocations", "outcome", name).increment();
    }
}
