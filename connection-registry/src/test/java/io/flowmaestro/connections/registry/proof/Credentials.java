package io.flowmaestro.connections.registry.proof;

import io.flowmaestro.connections.testing.Tokens;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request.
 *
 * @param header the Authorization header's value
 */
record Credentials(String words, @Nullable String header) {

    private static final List<String> ROLES = List.of("user", "admin", "worker", "service");
    private static final List<String> WRONG = List.of(
            "",
            "Bearer",
            "Bearer ",
            "Bearer x",
            "Bearer a.b.c",
            "Basic YTpi",
            "bearer null",
            "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.",
            "Bearer " + "x".repeat(4000),
            "Negotiate \u0001");

    static Credentials of(Operation operation, UUID user, People people, RandomGenerator random) {
        return switch (random.nextInt(40)) {
            case 0 -> new Credentials("nobody", null);
            case 1 -> new Credentials("somebody with a wrong header", WRONG.get(random.nextInt(WRONG.size())));
            case 2 ->
                random.nextInt(10) == 0
                        ? new Credentials("somebody with an expired token", "Bearer " + Tokens.expired(user))
                        : withRole(ROLES.get(random.nextInt(ROLES.size())), user, people, random);
            case 3 -> withRole(ROLES.get(random.nextInt(ROLES.size())), user, people, random);
            default -> withRole(operation.roles().iterator().next(), user, people, random);
        };
    }

    private static Credentials withRole(String role, UUID user, People people, RandomGenerator random) {
        return new Credentials(role, "Bearer " + people.token(role, user, random));
    }
}
