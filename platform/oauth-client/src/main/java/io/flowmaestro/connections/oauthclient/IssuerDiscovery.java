package io.flowmaestro.connections.oauthclient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.egress.EgressClient;
import io.flowmaestro.connections.egress.EgressRequest;
import io.flowmaestro.connections.egress.EgressResponse;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads an issuer's metadata (OpenID Connect Discovery 1.0, RFC 8414) and completes a definition with it. What the
 * catalogue says wins. Documents are remembered for a while; while the issuer is away, the last one holds.
 */
@ApplicationScoped
public class IssuerDiscovery {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int REMEMBERED = 256;

    private final EgressClient http;
    private final TokenConfig config;
    private final Clock clock;
    private final Map<String, Known> known = Collections.synchronizedMap(new Recent());

    IssuerDiscovery(EgressClient http, TokenConfig config, Clock clock) {
        this.http = http;
        this.config = config;
        this.clock = clock;
    }

    /** Fails with {@link DiscoveryFailed}, whose message is for an operator; what needs no discovery comes back as it is. */
    public Uni<OAuthDefinition> complete(OAuthDefinition definition) {
        String issuer = definition.facts().issuer();
        if (!definition.needsDiscovery() || issuer == null) {
            return Uni.createFrom().item(definition);
        }
        return metadata(issuer).map(metadata -> metadata.complete(definition));
    }

    private Uni<IssuerMetadata> metadata(String issuer) {
        Known remembered = known.get(issuer);
        Instant now = clock.instant();
        if (remembered != null && now.isBefore(remembered.until())) {
            return Uni.createFrom().item(remembered.metadata());
        }
        return fetch(issuer)
                .invoke(found -> known.put(issuer, new Known(found, now.plus(config.discoveryCache()))))
                .onFailure()
                .recoverWithUni(failure -> lastKnown(remembered, failure));
    }

    private static Uni<IssuerMetadata> lastKnown(@Nullable Known remembered, Throwable failure) {
        return remembered == null
                ? Uni.createFrom().failure(failure)
                : Uni.createFrom().item(remembered.metadata());
    }

    /** An issuer that has one of the two documents may answer anything to a request for the other. */
    private Uni<IssuerMetadata> fetch(String issuer) {
        List<String> places = places(issuer);
        return ask(issuer, places.getFirst())
                .onFailure(DiscoveryFailed.class)
                .recoverWithUni(first -> ask(issuer, places.getLast())
                        .onFailure(DiscoveryFailed.class)
                        .transform(second -> DiscoveryFailed.moreTelling(first, second)));
    }

    private Uni<IssuerMetadata> ask(String issuer, String url) {
        return Uni.createFrom()
                .deferred(() -> http.send(EgressRequest.get(url)
                        .withTimeout(config.accountTimeout())
                        .withMaxBody(config.maxAnswer())
                        .withHeader("Accept", "application/json")
                        .withHeader("User-Agent", TokenHttp.USER_AGENT)))
                .onFailure()
                .transform(failure -> DiscoveryFailed.unreachable(issuer, failure))
                .map(response -> IssuerMetadata.of(issuer, parse(issuer, response)));
    }

    private static JsonNode parse(String issuer, EgressResponse response) {
        if (response.status() != 200) {
            throw DiscoveryFailed.absent(issuer, response.status());
        }
        try {
            return Objects.requireNonNullElse(JSON.readTree(response.body().getBytes()), JSON.missingNode());
        } catch (IOException notJson) {
            throw DiscoveryFailed.unreadable(issuer);
        }
    }

    /** OpenID Connect appends its path to the issuer's; RFC 8414, 3.1 puts its own before it. */
    static List<String> places(String issuer) {
        URI uri = URI.create(issuer);
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/$", "");
        String origin = uri.getScheme() + "://" + uri.getRawAuthority();
        return List.of(
                origin + path + "/.well-known/openid-configuration",
                origin + "/.well-known/oauth-authorization-server" + path);
    }

    private record Known(IssuerMetadata metadata, Instant until) {}

    /** The operator chooses issuers, so this bound is for mistakes. */
    private static final class Recent extends LinkedHashMap<String, Known> {
        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > REMEMBERED;
        }
    }
}
