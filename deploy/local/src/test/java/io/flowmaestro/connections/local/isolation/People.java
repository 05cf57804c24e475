package io.flowmaestro.connections.local.isolation;

import io.flowmaestro.connections.local.account.Account;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Everybody who calls, each with a token of the local identity provider. */
final class People {
    /** The services by the names of their OAuth clients. */
    private static final List<String> SERVICES =
            List.of("connection-registry", "credential-vault", "oauth-broker", "mcp-gateway");

    private final Caller alice;
    private final Caller bob;
    private final Caller admin;
    private final Caller worker;
    private final List<Caller> services;

    People(SuiteAccess suite) {
        alice = person(suite, Account.ALICE, "user");
        bob = person(suite, Account.BOB, "user");
        admin = person(suite, Account.ADMIN, "admin");
        worker = Caller.client("worker", "worker", suite.token(Account.WORKER), alice.user());
        services = SERVICES.stream()
                .map(name -> Caller.client(name, "service", suite.clientToken(name), alice.user()))
                .toList();
    }

    private static Caller person(SuiteAccess suite, Account account, String role) {
        var token = suite.token(account);
        var claims = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        var user = UUID.fromString(new JsonObject(claims).getString("sub"));
        return Caller.person(account.login(), role, token, user);
    }

    Caller alice() {
        return alice;
    }

    Caller bob() {
        return bob;
    }

    /** The one that may seal and open. */
    Caller broker(UUID user) {
        return services.get(SERVICES.indexOf("oauth-broker")).actingFor(user);
    }

    /** A user, under the user's own token. */
    Caller person(UUID user) {
        return Stream.of(alice, bob)
                .filter(person -> person.user().equals(user))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(user + " is nobody who signs in"));
    }

    /** Everybody who would get at {@code victim}'s resources: the other user, in every way there is, and those without any. */
    List<Caller> around(Caller user, Caller victim) {
        return Stream.concat(
                        Stream.of(
                                Caller.anonymous(user.user()),
                                user,
                                user.pretendingToBe(victim.user()),
                                admin,
                                worker.actingFor(user.user())),
                        services.stream().map(service -> service.actingFor(user.user())))
                .toList();
    }
}
