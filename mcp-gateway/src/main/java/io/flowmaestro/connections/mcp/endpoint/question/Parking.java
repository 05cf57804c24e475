package io.flowmaestro.connections.mcp.endpoint.question;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.flowmaestro.connections.mcp.core.Digests;
import io.flowmaestro.connections.mcp.endpoint.EndpointSettings;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.endpoint.replica.OwnAddress;
import io.flowmaestro.connections.mcp.endpoint.session.Signer;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait for their clients, on this replica. A client brings back a state that names its call, and the replica
 * it waits at.
 */
// What Caffeine makes of it; Quarkus names the most usual ones to GraalVM, and not these.
@RegisterForReflection(classNames = {"com.github.benmanes.caffeine.cache.SSLMSW"})
@ApplicationScoped
public class Parking {

    private static final String PURPOSE = "parked call";
    private static final String PREFIX = "parked.";
    /** No upstream call may take longer, so nothing is left to wait for. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private static final int ID_BYTES = 18;

    private final Signer signer;
    private final OwnAddress own;
    private final RandomGenerator random;
    private final int mostPerUser;
    private final Cache<String, Place> places;

    Parking(Signer signer, RandomGenerator random, OwnAddress own, EndpointSettings settings) {
        this.own = own;
        this.signer = signer;
        this.random = random;
        this.mostPerUser = settings.mostParkedPerUser();
        this.places = Caffeine.newBuilder()
                .maximumSize(settings.mostParked())
                .expireAfterWrite(LONGEST)
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .removalListener(Parking::removed)
                .build();
    }

    private record Place(UUID user, ParkedCall call) {}

    /** Whether a state is one of ours, sound or not; others belong to the server. */
    public static boolean isOurs(@Nullable String state) {
        return state != null && state.startsWith(PREFIX);
    }

    /**
     * Keeps a call, and gives the state for its client.
     *
     * @param request what the state is good for: the same request of the same user
     * @throws RpcError when the user has too many already
     */
    public String park(UUID user, ObjectNode request, ParkedCall call) {
        long of = places.asMap().values().stream()
                .filter(place -> place.user().equals(user))
                .count();
        if (of >= mostPerUser) {
            call.stop();
            throw RpcError.of(
                    200,
                    RpcError.REFUSED,
                    "Too many of your calls wait for an answer. Answer them, or wait until they are given up.");
        }
        var id = newId();
        places.put(id, new Place(user, call));
        var content = McpJson.object().put("p", id).put("u", user.toString()).put("d", digest(request));
        own.url().ifPresent(url -> content.put("h", url));
        return PREFIX + signer.sign(PURPOSE, content);
    }

    /** The replica where the call of a state waits; empty when it has no address, or the state is not sound. */
    public String home(String state) {
        return signer.verify(PURPOSE, state.substring(PREFIX.length()))
                .map(content -> content.path("h").asText(""))
                .orElse("");
    }

    /**
     * Gives back the call that a state stands for, once.
     *
     * @throws RpcError when the state is not sound, or the call is not here any more
     */
    public ParkedCall take(UUID user, ObjectNode request, String state) {
        var content = signer.verify(PURPOSE, state.substring(PREFIX.length()))
                .filter(signed -> user.toString().equals(signed.path("u").textValue()))
                .filter(signed -> digest(request).equals(signed.path("d").textValue()))
                .orElseThrow(() -> RpcError.of(
                        200, RpcError.INVALID_PARAMS, "The requestState is not the one that this request was given."));
        var place = places.asMap().remove(content.path("p").asText());
        if (place == null) {
            throw RpcError.of(
                    200,
                    RpcError.INVALID_PARAMS,
                    "The call no longer waits for this answer: it was answered already, or its time is over."
                            + " Call again without requestState.");
        }
        return place.call();
    }

    /** Only a call that nobody can take up any more is ended. */
    private static void removed(@Nullable String id, @Nullable Place place, RemovalCause cause) {
        if (place != null && cause.wasEvicted()) {
            place.call().stop();
        }
    }

    private static String digest(ObjectNode request) {
        return Digests.sha256(McpJson.write(request));
    }

    private String newId() {
        var bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
