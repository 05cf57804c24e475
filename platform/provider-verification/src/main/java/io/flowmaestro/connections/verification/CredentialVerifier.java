package io.flowmaestro.connections.verification;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.catalog.Provider;
import io.flowmaestro.connections.egress.EgressClient;
import io.flowmaestro.connections.egress.EgressFailure;
import io.flowmaestro.connections.egress.EgressRefused;
import io.flowmaestro.connections.verification.Verdict.Inconclusive;
import io.flowmaestro.connections.verification.Verdict.Untestable;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/**
 * Asks a provider whether it takes a credential, with the cheap read-only request that the catalogue names. One
 * request of at most 10 s and 256 KiB, never repeated, redirects never followed.
 */
@ApplicationScoped
public class CredentialVerifier {

    private final Transport transport;

    @Inject
    CredentialVerifier(EgressClient http) {
        this((Transport) http::send);
    }

    CredentialVerifier(Transport transport) {
        this.transport = transport;
    }

    /** Whether {@link #verify} would have something to ask. */
    public static boolean canVerify(Provider provider, String connectionMethod) {
        return Question.of(provider, connectionMethod).isPresent();
    }

    /**
     * Asks once. A provider that is away, slow or out of order is a verdict, not a failure.
     *
     * @param user on whose behalf: the tests of one leave others their places at the provider's host
     * @param connectionMethod {@code api_key}, {@code oauth2}, {@code basic_auth} or {@code custom}
     * @param data the connection's, in the clear; with {@code access_token} for OAuth
     */
    public Uni<Verdict> verify(UUID user, Provider provider, String connectionMethod, JsonNode data) {
        var wording = new Wording(provider.name(), connectionMethod);
        return Question.of(provider, connectionMethod)
                .map(question -> ask(
                        user,
                        question,
                        data,
                        wording,
                        AccountReader.of(data, provider.methods().extraFields(connectionMethod))))
                .orElseGet(() -> Uni.createFrom().item(new Untestable(wording.nothingToAsk())));
    }

    private Uni<Verdict> ask(UUID user, Question question, JsonNode data, Wording wording, AccountReader accounts) {
        return switch (Prepared.of(question, data, wording)) {
            case Prepared.Impossible(String message) -> Uni.createFrom().item(new Untestable(message));
            case Prepared.Ready(var request) -> {
                var judge = new Judge(question.check(), wording, Scopes.missing(question.scopes(), data), accounts);
                yield transport
                        .send(request.withOwner(user))
                        .map(judge::read)
                        .onFailure(EgressRefused.class)
                        .recoverWithItem(refused -> new Untestable(wording.notAllowed(message(refused))))
                        .onFailure(EgressFailure.class)
                        .recoverWithItem(failure -> new Inconclusive(wording.unreachable(reason(failure))));
            }
        };
    }

    private static String message(Throwable refused) {
        return String.valueOf(refused.getMessage());
    }

    private static String reason(Throwable failure) {
        var broken = (EgressFailure) failure;
        if (broken.isFullOfOwnCalls()) {
            return "this user's own calls to its host take all the places that one user may have";
        }
        return switch (broken.kind()) {
            case UNREACHABLE -> "its host cannot be reached";
            case TIMEOUT -> "its host did not answer in time";
            case TOO_LARGE -> "its answer is larger than the 256 KiB that a test reads";
            case PROTOCOL -> "its answer is not valid HTTP";
            case TLS -> "a trusted TLS connection to its host is not possible";
        };
    }
}
