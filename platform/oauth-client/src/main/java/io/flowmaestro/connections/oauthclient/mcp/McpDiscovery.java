package io.flowmaestro.connections.oauthclient.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.challenge.BearerChallenge;
import io.flowmaestro.connections.egress.EgressClient;
import io.flowmaestro.connections.egress.EgressException;
import io.flowmaestro.connections.egress.EgressRefused;
import io.flowmaestro.connections.egress.EgressRequest;
import io.flowmaestro.connections.egress.EgressResponse;
import io.flowmaestro.connections.mcphosts.McpHosts;
import io.flowmaestro.connections.oauthclient.TokenConfig;
import io.flowmaestro.connections.oauthclient.TokenHttp;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds out how an MCP server is signed in to: its challenge, its metadata (RFC 9728) and that of its authorization
 * server (RFC 8414, OpenID Connect Discovery). Sixteen requests at most, each through the egress guard, bounded in size
 * and time, none followed anywhere else. Fails with {@link AuthorizationRefused}.
 */
@ApplicationScoped
public class McpDiscovery {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SERVER = "The MCP server";
    private static final String AUTHORIZATION_SERVER = "The MCP server's authorization server";

    private final EgressClient http;
    private final TokenConfig config;
    private final Probe probe;
    private final McpHosts hosts;

    McpDiscovery(EgressClient http, TokenConfig config, Probe probe, McpHosts hosts) {
        this.hosts = hosts;
        this.http = http;
        this.config = config;
        this.probe = probe;
    }

    /**
     * How a server is signed in to.
     *
     * @param resource what every request to the authorization server names (RFC 8707)
     * @param scopes to ask for: those of the challenge, else all that the server's metadata has; empty where neither says
     */
    public record Found(String resource, List<String> scopes, AuthorizationServer server) {}

    /** Whether somebody is a client of an issuer already. */
    @FunctionalInterface
    public interface Known {
        Uni<Boolean> at(String issuer);
    }

    /**
     * Finds out how to sign in to a server. Of several authorization servers it is the first that can be used, those before
     * the others that we are known at.
     *
     * @param serverUrl an http or https URL
     */
    public Uni<Found> discover(String serverUrl, Known known) {
        return Uni.createFrom().deferred(() -> {
            URI server = Places.parse(serverUrl);
            if (server == null) {
                throw AuthorizationRefused.notAUrl();
            }
            requirePermitted(serverUrl);
            return probe.challenge(serverUrl)
                    .onFailure(EgressException.class)
                    .transform(failure -> AuthorizationRefused.unanswered(SERVER, failure))
                    .chain(challenge -> discover(server, challenge, known));
        });
    }

    /** Of the MCP server itself: the operator's lists say nothing of authorization servers. */
    private void requirePermitted(String url) {
        try {
            hosts.require(url);
        } catch (EgressRefused refused) {
            throw AuthorizationRefused.unanswered(SERVER, refused);
        }
    }

    private Uni<Found> discover(URI server, Optional<BearerChallenge> challenge, Known known) {
        return resource(server, challenge)
                .chain(resource -> resource.map(found -> found(found, challenge, known))
                        .orElseGet(() -> older(server, challenge)));
    }

    /** A server that says where its metadata is has it there and nowhere else. */
    private Uni<Optional<ProtectedResource>> resource(URI server, Optional<BearerChallenge> challenge) {
        String told = challenge.map(BearerChallenge::resourceMetadata).orElse(null);
        if (told == null) {
            return first(Places.ofResource(server), SERVER)
                    .map(document -> document.map(found -> ProtectedResource.of(found, server)));
        }
        URI place = Places.parse(told);
        if (place == null || (Places.isPlain(place) && !Places.isPlain(server))) {
            throw AuthorizationRefused.unusable("The MCP server says that its metadata is at what is no https URL.");
        }
        requirePermitted(told);
        return first(List.of(told), SERVER)
                .map(document -> Optional.of(ProtectedResource.of(
                        document.orElseThrow(() -> AuthorizationRefused.unusable(
                                "There is no metadata where the MCP server says that it is.")),
                        server)));
    }

    private Uni<Found> found(ProtectedResource resource, Optional<BearerChallenge> challenge, Known known) {
        List<String> wanted = challenge
                .map(BearerChallenge::scopes)
                .filter(scopes -> !scopes.isEmpty())
                .orElse(resource.scopes());
        return ordered(resource.issuers(), known)
                .chain(this::usable)
                .map(server -> new Found(resource.resource(), wanted, server));
    }

    private static Uni<List<URI>> ordered(List<URI> issuers, Known known) {
        return issuers.size() == 1
                ? Uni.createFrom().item(issuers)
                : Multi.createFrom()
                        .iterable(issuers)
                        .onItem()
                        .transformToUniAndConcatenate(issuer -> known.at(issuer.toString()))
                        .collect()
                        .asList()
                        .map(held -> Stream.of(true, false)
                                .flatMap(wanted -> IntStream.range(0, issuers.size())
                                        .filter(i -> held.get(i).equals(wanted))
                                        .mapToObj(issuers::get))
                                .toList());
    }

    /** The first that says what is needed; where none does, the first one's failure. */
    private Uni<AuthorizationServer> usable(List<URI> issuers) {
        Uni<AuthorizationServer> first = server(issuers.getFirst())
                .map(server -> server.orElseThrow(() -> AuthorizationRefused.unusable(
                        "The MCP server's authorization server publishes no metadata (RFC 8414, OpenID"
                                + " Connect Discovery).")));
        return issuers.size() == 1
                ? first
                : first.onFailure(AuthorizationRefused.class)
                        .recoverWithUni(failure -> usable(issuers.subList(1, issuers.size()))
                                .onFailure(AuthorizationRefused.class)
                                .transform(_ -> failure));
    }

    /**
     * Of 2025-03-26: without metadata of its own, a server that wants tokens is its own authorization server. The default
     * endpoints of that revision are not tried: nothing would say that PKCE is supported there.
     */
    private Uni<Found> older(URI server, Optional<BearerChallenge> challenge) {
        if (challenge.isEmpty()) {
            throw AuthorizationRefused.notOffered();
        }
        return server(URI.create(Places.origin(server)))
                .map(found -> new Found(
                        server.toString(),
                        challenge.get().scopes(),
                        found.orElseThrow(() -> AuthorizationRefused.unusable(
                                "The MCP server wants a token, and neither it nor its origin says"
                                        + " where one is to be had (RFC 9728, RFC 8414)."))));
    }

    private Uni<Optional<AuthorizationServer>> server(URI issuer) {
        return first(Places.ofIssuer(issuer), AUTHORIZATION_SERVER)
                .map(document -> document.map(found -> AuthorizationServer.of(found, issuer)));
    }

    /** The first place that has a document decides, whatever is in it. */
    private Uni<Optional<JsonNode>> first(List<String> places, String whom) {
        if (places.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return ask(places.getFirst(), whom)
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(found)
                        : first(places.subList(1, places.size()), whom));
    }

    private Uni<Optional<JsonNode>> ask(String url, String whom) {
        return http.send(EgressRequest.get(url)
                        .withTimeout(config.accountTimeout())
                        .withMaxBody(config.maxAnswer())
                        .withHeader("Accept", "application/json")
                        .withHeader("User-Agent", TokenHttp.USER_AGENT))
                .map(response -> document(response, whom))
                .onFailure(EgressException.class)
                .transform(failure -> AuthorizationRefused.unanswered(whom, failure));
    }

    /** A page that is not JSON is a place without a document; a fault of the moment must not look like one. */
    private static Optional<JsonNode> document(EgressResponse response, String whom) {
        if (response.status() == 429 || response.status() >= 500) {
            throw AuthorizationRefused.failing(whom, response.status());
        }
        if (response.status() != 200) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readTree(response.body().getBytes()))
                    .filter(JsonNode::isObject);
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }
}
