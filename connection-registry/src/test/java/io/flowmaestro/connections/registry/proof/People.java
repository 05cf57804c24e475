package io.flowmaestro.connections.registry.proof;

import io.flowmaestro.connections.testing.Tokens;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Users, what is known of theirs, and tokens. Peers work for all of them but three. */
final class People {

    static final UUID PEERS_AWAY = UUID.fromString("0190a1ce-0000-7000-8000-00000000f503");
    static final UUID PEERS_TALK_NONSENSE = UUID.fromString("0190a1ce-0000-7000-8000-00000000f200");
    static final UUID PEERS_HANG_UP = UUID.fromString("0190a1ce-0000-7000-8000-00000000f000");
    static final List<UUID> UNLUCKY = List.of(PEERS_AWAY, PEERS_TALK_NONSENSE, PEERS_HANG_UP);

    /** Whose rows are few, so that lists and exports stay short. */
    private static final int USES_OF_A_USER = 300;

    private static final long TOKEN_LIFE = 300_000_000_000L;

    private record Signed(String token, long until) {}

    private final Map<String, Signed> tokens = new ConcurrentHashMap<>();
    private final Map<UUID, Known> known = new ConcurrentHashMap<>();
    private final long seed;

    People(long seed) {
        this.seed = seed;
    }

    /** One of eight users, who are others after a while, or one of the unlucky. */
    UUID user(int request, RandomGenerator random) {
        if (random.nextInt(12) == 0) {
            return UNLUCKY.get(random.nextInt(UNLUCKY.size()));
        }
        return new UUID(
                seed & ~0xf000L | 0x7000L,
                0x8000_0000_0000_0000L | (long) request / (8 * USES_OF_A_USER) << 8 | random.nextInt(8));
    }

    Known known(UUID user) {
        return known.computeIfAbsent(user, _ -> new Known());
    }

    static boolean isUnlucky(String request) {
        return Stream.of(PEERS_AWAY, PEERS_TALK_NONSENSE, PEERS_HANG_UP)
                .anyMatch(user -> request.contains(user.toString()));
    }

    /** A token of somebody with the role; for services, one of two. */
    String token(String role, UUID user, RandomGenerator random) {
        return switch (role) {
            case "user" -> cached("user " + user, () -> Tokens.user(user));
            case "admin" -> cached("admin", Tokens::admin);
            case "worker" -> cached("worker", Tokens::worker);
            default -> service(random.nextInt(5) == 0 ? "mcp-gateway" : "oauth-broker");
        };
    }

    private String service(String client) {
        return cached(client, () -> Tokens.service(client));
    }

    private String cached(String name, Supplier<String> sign) {
        return tokens.compute(
                        name,
                        (_, signed) -> signed != null && System.nanoTime() < signed.until()
                                ? signed
                                : new Signed(sign.get(), System.nanoTime() + TOKEN_LIFE))
                .token();
    }
}
