package io.flowmaestro.connections.local.proof.oauth;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One grant at the scripted provider: all tokens that were issued for it. A refresh token is good for one redemption, and
 * within the grace for more; after that its reuse revokes the whole family, as RFC 9700 (4.14.2) wants it.
 */
public final class Family {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What was issued together. */
    public record Pair(String accessToken, String refreshToken) {}

    private static final class Life {
        int redemptions;
        long firstRedeemedAt;
    }

    private final String id;
    private final Map<String, Life> refreshTokens = new HashMap<>();
    private final List<Pair> issued = new ArrayList<>();
    private final List<Long> askedAt = new ArrayList<>();
    private final Set<String> takenBack = new HashSet<>();
    private boolean revoked;

    Family(String id) {
        this.id = id;
        issue();
    }

    /** The family that a refresh token is of, by the token's own text. */
    static String idIn(String refreshToken) {
        var parts = refreshToken.split("\\.");
        return parts.length == 4 ? parts[1] : "";
    }

    String id() {
        return id;
    }

    public synchronized Pair first() {
        return issued.getFirst();
    }

    /** The one issued last. */
    public synchronized Pair newest() {
        return issued.getLast();
    }

    public synchronized List<Pair> issued() {
        return List.copyOf(issued);
    }

    /** Somebody asks, whatever comes of it. */
    synchronized void asked() {
        askedAt.add(System.nanoTime());
    }

    /** When token requests came, by {@link System#nanoTime}. */
    synchronized List<Long> askedAt() {
        return List.copyOf(askedAt);
    }

    /** New tokens, or nothing for {@code invalid_grant}. */
    synchronized Optional<Pair> redeem(String refreshToken, Duration grace) {
        var life = refreshTokens.get(refreshToken);
        if (life == null || revoked) {
            return Optional.empty();
        }
        var now = System.nanoTime();
        life.redemptions++;
        if (life.redemptions == 1) {
            life.firstRedeemedAt = now;
        } else if (now - life.firstRedeemedAt >= grace.toNanos()) {
            revoked = true;
            return Optional.empty();
        }
        return Optional.of(issue());
    }

    private Pair issue() {
        var serial = issued.size();
        var pair = new Pair(token("at", serial), token("rt", serial));
        issued.add(pair);
        refreshTokens.put(pair.refreshToken(), new Life());
        return pair;
    }

    private String token(String kind, int serial) {
        var chance = new byte[12];
        RANDOM.nextBytes(chance);
        return kind + "." + id + "." + serial + "." + HexFormat.of().formatHex(chance);
    }

    synchronized int redemptions(String refreshToken) {
        return refreshTokens.get(refreshToken).redemptions;
    }

    /** The most that one of its refresh tokens was redeemed. */
    public synchronized int mostRedemptions() {
        return refreshTokens.values().stream()
                .mapToInt(life -> life.redemptions)
                .max()
                .orElse(0);
    }

    /** Its client asks for the end of a token, and gets that of the grant. */
    synchronized void takeBack(String token) {
        takenBack.add(token);
        revoked = true;
    }

    /** Whether its client has asked for the end of that token. */
    synchronized boolean isTakenBack(String token) {
        return takenBack.contains(token);
    }

    public synchronized boolean revoked() {
        return revoked;
    }

    /** Whether a later refresh with it would give tokens: never redeemed, in a family that lives. */
    synchronized boolean isFresh(String refreshToken) {
        var life = refreshTokens.get(refreshToken);
        return !revoked && life != null && life.redemptions == 0;
    }

    /** Whether an API of the provider would take it. */
    synchronized boolean accepts(String accessToken) {
        return !revoked && issued.stream().anyMatch(pair -> pair.accessToken().equals(accessToken));
    }
}
