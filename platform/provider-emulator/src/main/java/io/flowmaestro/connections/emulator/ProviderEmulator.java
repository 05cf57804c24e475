package io.flowmaestro.connections.emulator;

import io.flowmaestro.connections.catalog.OAuth2Method;
import io.flowmaestro.connections.catalog.OAuthGrant;
import io.flowmaestro.connections.catalog.Refresh;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One provider on a loopback port. Requests are handled one after the other, so a test may look at any time. */
public final class ProviderEmulator implements AutoCloseable {

    /** The scheme, host and port that a request was meant for. */
    public static final String ORIGIN = "X-Emulated-Origin";

    private final Facts facts;
    private final Complaints complaints = new Complaints();
    private final Grants grants;
    private final TokenAnswers answers;
    private final AuthorizePage authorize;
    private final TokenPage token;
    private final AccountPage account;
    private final RevokePage revoke;
    private final Deque<Reply> forced = new ArrayDeque<>();
    private final HttpServer server;

    private ProviderEmulator(Vertx vertx, Facts facts, Clock clock) {
        this.facts = facts;
        this.grants = new Grants(facts.method.refresh());
        this.answers = new TokenAnswers(facts, grants, clock);
        this.authorize = new AuthorizePage(facts, grants, complaints);
        var assertions = new ClientAssertions(facts, complaints, clock);
        this.token = new TokenPage(facts, grants, answers, assertions, complaints);
        this.account = new AccountPage(facts, grants, complaints);
        this.revoke = new RevokePage(facts, grants, assertions, complaints);
        this.server = vertx.createHttpServer().requestHandler(this::accept);
    }

    /**
     * Starts one.
     *
     * @param variables of the tenant, those of the callback included
     */
    public static ProviderEmulator start(
            Vertx vertx, OAuth2Method method, Map<String, String> variables, EmulatedClient client, Clock clock) {
        var emulator = new ProviderEmulator(vertx, new Facts(method, client, variables), clock);
        try {
            emulator.server
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (InterruptedException | ExecutionException unable) {
            throw new IllegalStateException("the emulator cannot listen", unable);
        }
        return emulator;
    }

    public int port() {
        return server.actualPort();
    }

    /** What was wrong in requests so far. */
    public List<String> complaints() {
        return complaints.all();
    }

    /** How often each refresh token was presented. */
    public Map<String, Integer> redemptions() {
        return grants.redemptions();
    }

    public synchronized void behave(Behaviour... behaviour) {
        answers.behave(Set.of(behaviour));
    }

    /** The next token request is answered so, whatever it is. */
    public synchronized void answerNext(int status, String body) {
        forced.add(Reply.json(status, body));
    }

    private void accept(HttpServerRequest request) {
        request.body().onSuccess(body -> respond(request, body));
    }

    private synchronized void respond(HttpServerRequest request, Buffer body) {
        String origin = String.valueOf(request.getHeader(ORIGIN));
        String url = origin + request.path();
        String query = request.query() == null ? "" : request.query();
        var exchange = new Exchange(
                request.method().name(), url, Forms.parse(query, complaints), request.headers(), body.toString());
        Reply reply = route(exchange, url + (query.isEmpty() ? "" : "?" + query));
        request.response().setStatusCode(reply.status());
        reply.headers().forEach(request.response()::putHeader);
        request.response().end(reply.body());
    }

    private Reply route(Exchange exchange, String whole) {
        OAuth2Method method = facts.method;
        Refresh.Exchange swap = method.refresh().exchange();
        if (method.authorize() != null && exchange.url().equals(facts.fill(method.authorize()))) {
            return authorize.open(exchange);
        }
        if (swap != null
                && exchange.method().equals(swap.method())
                && exchange.url().equals(swap.url())) {
            var parameters = token.authenticated(exchange, true);
            return parameters == null ? answers.refused("invalid_client") : token.swap(parameters, swap.params());
        }
        boolean isToken = exchange.url().equals(facts.fill(method.token()));
        boolean isRefresh = exchange.url().equals(facts.refreshUrl());
        if (exchange.method().equals("POST") && (isToken || isRefresh)) {
            return tokens(exchange, isToken, isRefresh);
        }
        if (method.account() != null && whole.equals(facts.fill(method.account().url()))) {
            return account.open(exchange);
        }
        if (method.revoke() != null) {
            Matcher revocation = template(facts.fill(method.revoke().url())).matcher(whole);
            if (revocation.matches()) {
                return revoke.open(
                        exchange,
                        revocation.groupCount() == 0 ? Map.of() : Map.of("url", decoded(revocation.group(1))));
            }
        }
        complaints.add("nothing of this provider's is at " + exchange.method() + " " + exchange.url());
        return Reply.empty(404);
    }

    private Reply tokens(Exchange exchange, boolean isToken, boolean isRefresh) {
        var parameters = token.authenticated(exchange, false);
        if (!forced.isEmpty()) {
            return forced.poll();
        }
        if (parameters == null) {
            return answers.refused("invalid_client");
        }
        if (facts.method.grant() == OAuthGrant.CLIENT_CREDENTIALS) {
            return token.ofTheClient(parameters);
        }
        boolean refresh = "refresh_token".equals(parameters.get("grant_type"));
        complaints.unless(
                refresh ? isRefresh : isToken, "token: " + (refresh ? "refreshes" : "exchanges") + " are elsewhere");
        return refresh ? token.refresh(parameters) : token.exchange(exchange, parameters);
    }

    /** A URL in which a token stands. */
    private static Pattern template(String url) {
        return Pattern.compile("\\Q" + url.replaceFirst("\\{[a-z_]+}", "\\\\E([^/?&]+)\\\\Q") + "\\E");
    }

    private static String decoded(String text) {
        return java.net.URLDecoder.decode(text.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
