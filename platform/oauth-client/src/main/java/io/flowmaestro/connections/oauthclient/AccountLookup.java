package io.flowmaestro.connections.oauthclient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flowmaestro.connections.egress.EgressClient;
import io.flowmaestro.connections.egress.EgressRequest;
import io.flowmaestro.connections.egress.EgressResponse;
import io.flowmaestro.connections.verification.Application;
import io.flowmaestro.connections.verification.FactPath;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks the provider whose token it is. A nicety: whatever goes wrong, the connection is made without it. */
@ApplicationScoped
public class AccountLookup {

    private static final Logger LOG = Logger.getLogger(AccountLookup.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final EgressClient http;
    private final TokenConfig config;

    AccountLookup(EgressClient http, TokenConfig config) {
        this.http = http;
        this.config = config;
    }

    /** The account, completed by what the token answer already said of it. Never fails. */
    public Uni<Account> find(OAuthSettings settings, TokenGrant grant) {
        var rules = settings.account();
        if (rules == null) {
            return Uni.createFrom().item(grant.account());
        }
        return Uni.createFrom()
                .deferred(() -> ask(settings, rules, grant))
                .onFailure()
                .invoke(failure -> LOG.infof(
                        "The account could not be looked up: %s",
                        failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithItem(grant.account());
    }

    private Uni<Account> ask(OAuthSettings settings, AccountRules rules, TokenGrant grant) {
        String url = UrlTemplate.fill(rules.url(), grant.variables());
        return UrlTemplate.names(url).isEmpty()
                ? http.send(request(settings, rules, url, grant))
                        .map(response -> read(response, rules).or(grant.account()))
                : Uni.createFrom().item(grant.account());
    }

    private EgressRequest request(OAuthSettings settings, AccountRules rules, String url, TokenGrant grant) {
        var request = EgressRequest.of(HttpMethod.valueOf(rules.method()), url)
                .withTimeout(config.accountTimeout())
                .withMaxBody(config.maxAnswer())
                .withHeader("Accept", "application/json")
                .withHeader("User-Agent", TokenHttp.USER_AGENT);
        var data = JsonNodeFactory.instance.objectNode();
        grant.variables().forEach(data::put);
        data.put("access_token", grant.accessToken().reveal());
        for (var header : Application.of(settings.apply(), data).headers().entrySet()) {
            request = request.withHeader(header.getKey(), header.getValue());
        }
        for (var header : rules.headers().entrySet()) {
            request = request.withHeader(header.getKey(), TextTemplate.fill(header.getValue(), grant.variables()));
        }
        if (!rules.json().isEmpty()) {
            return request.withHeader("Content-Type", "application/json").withBody(FormText.json(rules.json()));
        }
        // Some servers answer 411 to a POST that does not say how long it is.
        return rules.method().equals("POST") ? request.withBody(Buffer.buffer()) : request;
    }

    private static Account read(EgressResponse response, AccountRules rules) {
        if (response.status() != 200) {
            return Account.UNKNOWN;
        }
        try {
            JsonNode answer = JSON.readTree(response.body().getBytes());
            if (rules.okPath() != null && !rules.okPath().find(answer).asBoolean(true)) {
                return Account.UNKNOWN;
            }
            return Account.of(text(rules.id(), answer), text(rules.name(), answer))
                    .with(Learned.ofAccount(rules, answer));
        } catch (IOException notJson) {
            return Account.UNKNOWN;
        }
    }

    private static @Nullable String text(@Nullable FactPath path, JsonNode answer) {
        return path == null ? null : path.text(answer);
    }
}
