package io.flowmaestro.connections.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flowmaestro.connections.catalog.Account;
import java.io.IOException;
import java.util.Objects;

/** The cheap call that says whose token it is. */
final class AccountPage {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Facts facts;
    private final Grants grants;
    private final Complaints complaints;

    AccountPage(Facts facts, Grants grants, Complaints complaints) {
        this.facts = facts;
        this.grants = grants;
        this.complaints = complaints;
    }

    Reply open(Exchange exchange) {
        Account account = Objects.requireNonNull(facts.method.account());
        complaints.same("account method", account.method() == null ? "GET" : account.method(), exchange.method());
        account.headers()
                .forEach((name, template) ->
                        complaints.same("account " + name, facts.fill(template), exchange.header(name)));
        complaints.unless(exchange.header("User-Agent") != null, "account: no User-Agent");
        ApiAuth.others(exchange, facts, complaints);
        body(account, exchange);
        if (ApiAuth.token(exchange, facts).flatMap(grants::ofAccessToken).isEmpty()) {
            complaints.add("account: no live token in the right header");
            return account.okPath() == null
                    ? Reply.json(401, "{\"error\":\"invalid_token\"}")
                    : Reply.json(200, "{\"ok\":false,\"error\":\"invalid_auth\"}");
        }
        JsonNode answer = JsonAt.root(account.id());
        // What is learned may be the very id, which is put there after it.
        account.learn().values().forEach(path -> JsonAt.put(answer, path, "learned-1"));
        if (account.okPath() != null) {
            JsonAt.put(answer, account.okPath(), JsonNodeFactory.instance.booleanNode(true));
        }
        JsonAt.put(answer, account.name(), "ann@tenant.example");
        JsonAt.put(answer, account.id(), "who-1");
        JsonAt.put(answer, account.apiBase(), "https://us21.api.tenant.example");
        return Reply.json(200, answer);
    }

    private void body(Account account, Exchange exchange) {
        if (account.json().isEmpty()) {
            complaints.unless(exchange.body().isEmpty(), "account: a body that nobody wants");
            complaints.unless(exchange.header("Content-Type") == null, "account: a Content-Type without a body");
            return;
        }
        complaints.same("account Content-Type", "application/json", exchange.header("Content-Type"));
        try {
            complaints.unless(
                    JSON.valueToTree(account.json()).equals(JSON.readTree(exchange.body())),
                    "account: the body is " + exchange.body());
        } catch (IOException notJson) {
            complaints.add("account: the body is not JSON");
        }
    }
}
