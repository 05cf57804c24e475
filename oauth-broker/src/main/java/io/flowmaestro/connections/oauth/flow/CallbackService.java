package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.http.FrameworkProblem;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.provider.OAuthProviders;
import io.flowmaestro.connections.oauth.provider.Provider;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Ends flows. The flow is taken out of the database first and once, whatever comes of it.
 *
 * <p>What a crash leaves: after taking the flow, nothing but a result that stays pending until it expires. After the
 * code was redeemed and before the grant is written down, a grant at the provider that nobody here knows; the user
 * connects again. After that {@link PendingGrants} go on with it, and record the flow's result. A peer's absence leaves no
 * grant that nobody knows: {@link GrantStore} has it ended. A browser that hangs up changes nothing.
 */
@ApplicationScoped
class CallbackService {

    private static final Logger LOG = Logger.getLogger(CallbackService.class);

    private final FlowRepository flows;
    private final OAuthProviders providers;
    private final CodeExchange exchange;
    private final McpCodeExchange mcpExchange;
    private final PublicUrl publicUrl;
    private final MeterRegistry metrics;

    CallbackService(
            FlowRepository flows,
            OAuthProviders providers,
            CodeExchange exchange,
            McpCodeExchange mcpExchange,
            PublicUrl publicUrl,
            MeterRegistry metrics) {
        this.flows = flows;
        this.providers = providers;
        this.exchange = exchange;
        this.mcpExchange = mcpExchange;
        this.publicUrl = publicUrl;
        this.metrics = metrics;
    }

    /** Never fails: every end has a page. */
    Uni<CallbackResult> finish(CallbackRequest request) {
        return Detached.call(State.presented(request.state())
                .map(state -> finish(request, state))
                .orElseGet(() -> Uni.createFrom().item(unknownState()))
                .onFailure()
                .recoverWithItem(failure -> failed(failure, null))
                .invoke(this::count));
    }

    private Uni<CallbackResult> finish(CallbackRequest request, State state) {
        return flows.take(state)
                .chain(taken -> taken.map(flow -> settle(flow, request, state))
                        .orElseGet(() -> Uni.createFrom().item(unknownState())));
    }

    private Uni<CallbackResult> settle(TakenFlow flow, CallbackRequest request, State state) {
        return Uni.createFrom()
                .deferred(() -> connect(flow, request, state))
                .onFailure()
                .recoverWithItem(failure -> failed(failure, flow))
                .call(result -> record(flow, result));
    }

    private Uni<CallbackResult> connect(TakenFlow flow, CallbackRequest request, State state) {
        BrowserSecret browser = CallbackChecks.requireSameFlow(flow, request, publicUrl);
        if (flow.authorization() != null) {
            return mcpExchange.connect(flow, flow.authorization(), request, Pkce.of(browser, state));
        }
        return providers
                .find(flow.provider())
                .map(found -> found.orElseThrow(CallbackService::providerGone))
                .chain(provider -> redeem(flow, provider, request, Pkce.of(browser, state)));
    }

    private Uni<CallbackResult> redeem(TakenFlow flow, Provider provider, CallbackRequest request, Pkce pkce) {
        CallbackChecks.requireIssuer(provider.settings(flow.variables()), request.issuer());
        String code = CallbackChecks.requireCode(request);
        return exchange.connect(flow, provider, code, pkce, request.all());
    }

    /** The page tells the user in any case: a result that cannot be recorded is only missing for a cut-off opener. */
    private Uni<Void> record(TakenFlow flow, CallbackResult result) {
        Uni<Void> recorded = switch (result) {
            case CallbackResult.Connected connected -> flows.succeed(flow.user(), flow.id(), connected.connectionId());
            case CallbackResult.Failed failed ->
                flows.fail(flow.user(), flow.id(), failed.code().code(), failed.message());
            case CallbackResult.Pending _ -> Uni.createFrom().voidItem();
        };
        return recorded.onFailure()
                .invoke(failure -> LOG.warnf(failure, "The result of flow %s could not be recorded", flow.id()))
                .onFailure()
                .recoverWithNull();
    }

    private static CallbackResult unknownState() {
        return new CallbackResult.Failed(
                OAuthProblem.STATE_INVALID,
                "This sign-in is unknown, or it was already finished. Start the connection again.",
                null,
                null);
    }

    private static CallbackResult failed(Throwable failure, @org.jspecify.annotations.Nullable TakenFlow flow) {
        var returnTo = flow == null ? null : flow.returnTo();
        var flowId = flow == null ? null : flow.id();
        if (failure instanceof ProblemException problem && problem.code() == OAuthProblem.GRANT_PENDING) {
            return new CallbackResult.Pending(problem.detail(), returnTo, flowId);
        }
        if (failure instanceof ProblemException problem) {
            return new CallbackResult.Failed(problem.code(), problem.detail(), returnTo, flowId);
        }
        LOG.error("A callback failed", failure);
        return new CallbackResult.Failed(
                FrameworkProblem.INTERNAL_ERROR,
                "Something went wrong on our side. Start the connection again.",
                returnTo,
                flowId);
    }

    private void count(CallbackResult result) {
        String outcome = switch (result) {
            case CallbackResult.Connected _ -> "connected";
            case CallbackResult.Failed failed -> failed.code().code();
            case CallbackResult.Pending pending -> pending.code().code();
        };
        metrics.counter("connections.oauth.callbacks", "outcome", outcome).increment();
    }

    private static ProblemException providerGone() {
        return new ProblemException(
                OAuthProblem.PROVIDER_NOT_FOUND, "The provider is no longer in the catalogue. Ask an operator.");
    }
}
