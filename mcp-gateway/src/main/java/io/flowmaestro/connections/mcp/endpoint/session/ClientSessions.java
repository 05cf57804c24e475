package io.flowmaestro.connections.mcp.endpoint.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.flowmaestro.connections.mcp.endpoint.EndpointSettings;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.endpoint.replica.OwnAddress;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Sessions that are their own record: the id holds what there is to know, so that any replica serves it. What is kept
 * here is held by this replica alone and may be missing: which sessions ended, and which log level they asked for.
 */
@ApplicationScoped
public class ClientSessions {

    private static final String PURPOSE = "session";
    private static final int LARGEST_CAPABILITIES = 5_500;
    private static final int MOST_REMEMBERED = 10_000;

    private final Signer signer;
    private final OwnAddress own;
    private final Clock clock;
    private final RandomGenerator random;
    private final Duration lifetime;
    private final Cache<String, Boolean> ended;
    private final Cache<String, String> levels;

    ClientSessions(Signer signer, Clock clock, RandomGenerator random, OwnAddress own, EndpointSettings settings) {
        this.own = own;
        this.signer = signer;
        this.clock = clock;
        this.random = random;
        this.lifetime = settings.sessionLifetime();
        this.ended = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(lifetime)
                .build();
        this.levels = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(lifetime)
                .build();
    }

    /**
     * A new id. The connection is empty for the endpoint of all of them.
     *
     * @throws RpcError 400 when the capabilities are too large for an id
     */
    public String begin(UUID user, Optional<UUID> connection, String version, ObjectNode capabilities) {
        var content = McpJson.object()
                .put("v", version)
                .put("u", user.toString())
                .put("n", connection.map(UUID::toString).orElse(""))
                .put("e", clock.instant().plus(lifetime).getEpochSecond())
                .put("r", random.nextLong());
        own.url().ifPresent(url -> content.put("h", url));
        content.set("c", capabilities);
        var id = signer.sign(PURPOSE, content);
        if (id.length() > Signer.LONGEST) {
            throw RpcError.of(
                    400,
                    RpcError.INVALID_PARAMS,
                    "The capabilities elicitation, sampling and roots are too large to be kept in a session id. Declare less in"
                            + " them: together they may have about " + LARGEST_CAPABILITIES + " characters of JSON.");
        }
        return id;
    }

    /**
     * The session, for the one who began it.
     *
     * @throws RpcError 404 when it is over, another's or none at all, which look alike
     */
    public Session require(UUID user, Optional<UUID> connection, String id) {
        return signer.verify(PURPOSE, id)
                .filter(content -> user.toString().equals(content.path("u").textValue()))
                .filter(content -> connection
                        .map(UUID::toString)
                        .orElse("")
                        .equals(content.path("n").textValue()))
                .filter(content -> content.path("e").asLong() > clock.instant().getEpochSecond())
                .filter(_ -> ended.getIfPresent(id) == null)
                .map(content -> new Session(
                        id,
                        content.path("v").asText(),
                        content.withObjectProperty("c"),
                        content.path("h").asText("")))
                .orElseThrow(() -> RpcError.of(
                        404,
                        RpcError.REFUSED,
                        "There is no such session, or it is over. Begin a new one with initialize."));
    }

    /** Ends a session as far as this replica goes; elsewhere it ends by itself. */
    public void end(Session session) {
        ended.put(session.id(), true);
    }

    public void level(Session session, String level) {
        levels.put(session.id(), level);
    }

    /** The least severe log messages that the client asked for, if it did. */
    public Optional<String> level(Session session) {
        return Optional.ofNullable(levels.getIfPresent(session.id()));
    }
}
