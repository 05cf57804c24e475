package io.flowmaestro.connections.oauth.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flowmaestro.connections.egress.EgressClient;
import io.flowmaestro.connections.egress.EgressRequest;
import io.flowmaestro.connections.egress.EgressResponse;
import io.flowmaestro.connections.oauth.provider.AccountRules;
import io.flowmaestro.connections.oauth.provider.OAuthSettings;
import io.flowmaestro.connections.oauth.secret.Secret;
import io.flowmaestro.connections.verification.Application;
import io.flowmaestro.connections.verification.FactPath;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.Map;
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
        if (rules == null || rules.url().contains("{")) {
            return Uni.createFrom().item(grant.account());
        }
        return Uni.createFrom()
                .deferred(() -> http.send(request(settings, rules, grant.accessToken())))
                .map(response -> read(response, rules).or(grant.account()))
                .onFailure()
                .invoke(failure -> LOG.infof(
                        "The account could not be looked up: %s",
                        failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithItem(grant.account());
    }

    private EgressRequest request(OAuthSettings settings, AccountRules rules, Secret accessToken) {
        var request = EgressRequest.of(HttpMethod.valueOf(rules.method()), rules.url())
                .withTimeout(config.accountTimeout())
                .withMaxBody(config.maxAnswer())
                .withHeader("Accept", "application/json")
                .withHeader("User-Agent", "FlowMaestro-Connections");
        var data = JsonNodeFactory.instance.objectNode().put("access_token", accessToken.reveal());
        for (var header : Application.of(settings.apply(), data).headers().entrySet()) {
            request = request.withHeader(header.getKey(), header.getValue());
        }
        for (var header : rules.headers().entrySet()) {
            request = request.withHeader(header.getKey(), header.getValue());
        }
        return rules.json().isEmpty()
                ? request
                : request.withHeader("Content-Type", "application/json").withBody(body(rules.json()));
    }

    private static Buffer body(Map<String, String> json) {
        var object = new JsonObject();
        json.forEach(object::put);
        return object.toBuffer();
    }

    private static Account read(EgressResponse response, AccountRules rules) {
        if (response.status() != 200) {
            return Account.UNKNOWN;
        }
        try {
            JsonNode answer = JSON.readTree(response.body().getBytes());
            return Account.of(text(rules.id(), answer), text(rules.name(), answer));
        } catch (IOException notJson) {
            return Account.UNKNOWN;
        }
    }

    private static @Nullable String text(@Nullable FactPath path, JsonNode answer) {
        return path == null ? null : path.text(answer);
    }
}
