package io.flowmaestro.connections.mcp.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.egress.EgressHeaders;
import io.flowmaestro.connections.flight.SingleFlight;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An MCP server that can be called: everything in here has been checked, but for the address, which is vetted per call. */
public final class McpServer {

    private final String url;
    private final Map<String, String> custom;
    private final Duration timeout;
    private final List<String> scopes;
    private volatile EgressHeaders headers;
    private volatile @Nullable JsonNode envelope;
    private volatile @Nullable UUID user;
    private volatile @Nullable Supplier<Uni<Optional<AccessToken>>> another;
    private final SingleFlight<Void> renewal = new SingleFlight<>();

    McpServer(String url, UpstreamAuth auth, Map<String, String> custom, Duration timeout, List<String> scopes) {
        this.url = url;
        this.custom = Map.copyOf(custom);
        this.headers = headers(this.custom, auth);
        this.timeout = timeout;
        this.scopes = List.copyOf(scopes);
    }

    public String url() {
        return url;
    }

    public boolean isWebSocket() {
        return url.regionMatches(true, 0, "ws", 0, 2);
    }

    /** For one operation as a whole, however many requests it takes. */
    public Duration timeout() {
        return timeout;
    }

    /**
     * The same server, whose token can be renewed that way, once.
     *
     * @param other empty where there is no other token to be had; one that fails is asked again
     */
    public McpServer renewedBy(Supplier<Uni<Optional<AccessToken>>> other) {
        another = other;
        return this;
    }

    /** The same server, and the sealed data that it was opened from. */
    public McpServer openedFrom(JsonNode sealed) {
        envelope = sealed;
        return this;
    }

    /** The same server, called for that user. */
    public McpServer calledFor(UUID whom) {
        user = whom;
        return this;
    }

    /** Whom it is called for: the calls of one user leave others their places at its host. */
    public @Nullable UUID user() {
        return user;
    }

    /** What it can be opened from again when the registry no longer gives it out; null for one that is stored nowhere. */
    public @Nullable JsonNode envelope() {
        return envelope;
    }

    /**
     * Whether there are other headers by now than those that the server refused. Where they are still the present ones, the
     * token is renewed first: by one renewal at a time, for everybody who waits for it, and never again after one that was
     * answered. Fails as the renewal does, and the next refusal begins another.
     */
    public Uni<Boolean> hasOthersThan(Map<String, String> refused) {
        return Uni.createFrom()
                .deferred(() -> refused.equals(headers)
                        ? renewal.join(this::renew).map(_ -> !refused.equals(headers))
                        : Uni.createFrom().item(true));
    }

    private Uni<Void> renew() {
        var way = another;
        return way == null
                ? Uni.createFrom().voidItem()
                : way.get().invoke(this::renewed).replaceWithVoid();
    }

    /** The headers first: whoever finds no way any more looks at them. */
    private void renewed(Optional<AccessToken> other) {
        try {
            other.ifPresent(token -> headers = headers(custom, new UpstreamAuth.Bearer(new Secret(token.value()))));
        } finally {
            another = null;
        }
    }

    /** Those that its token was granted, as far as that is known. */
    public List<String> scopes() {
        return scopes;
    }

    /**
     * The user's headers and the authentication, whatever the case of their names; nothing of the caller's own request is
     * among them.
     */
    public EgressHeaders headers() {
        return headers;
    }

    private static EgressHeaders headers(Map<String, String> custom, UpstreamAuth auth) {
        return EgressHeaders.of(custom).and(auth.headers());
    }

    @Override
    public String toString() {
        return "MCP server";
    }
}
