package io.flowmaestro.connections.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.common.runtime.OidcConstants;
import io.quarkus.oidc.runtime.OidcIdentityProvider;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TokenAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Remembers for a moment whom a token stands for: a worker sends the same one with each of thousands of calls, and checking
 * its signature costs more than most of what it asks for. A token is remembered as a whole, so that one with anything else in
 * it, its signature included, is checked; and never past its end. What depends on the request, such as the audience of its
 * path, is checked for each, by whoever augments the identity.
 */
// What Caffeine makes of it; Quarkus names the most usual ones to GraalVM, and not these.
@RegisterForReflection(classNames = {"com.github.benmanes.caffeine.cache.SSSMWW"})
@Singleton
class VerifiedTokens implements IdentityProvider<TokenAuthenticationRequest> {

    /** Characters of tokens, all together: a replica's callers are its peers, workers, and the people of a minute. */
    private static final long MOST = 8L * 1024 * 1024;

    /** What one takes besides, in characters. */
    private static final int CLAIMS = 4_000;

    /** A longer one may be made longer at will, by what a decoder skips behind its signature, and would be another each time. */
    private static final int LONGEST = 4_096;

    private final Verification oidc;
    private final IdentityConfig config;
    private final Clock clock;
    private final Optional<Cache<String, Verified>> verified;

    @Inject
    VerifiedTokens(OidcIdentityProvider oidc, IdentityConfig config, MeterRegistry metrics) {
        this(oidc::authenticate, config, Clock.systemUTC());
        verified.ifPresent(tokens -> CaffeineCacheMetrics.monitor(metrics, tokens, "verified-tokens", List.of()));
    }

    VerifiedTokens(Verification oidc, IdentityConfig config, Clock clock) {
        this.oidc = oidc;
        this.config = config;
        this.clock = clock;
        this.verified = Optional.of(config.remembered())
                .filter(Duration::isPositive)
                .map(kept -> Caffeine.newBuilder()
                        .maximumWeight(MOST)
                        .weigher((String token, Verified _) -> token.length() + CLAIMS)
                        .expireAfterWrite(kept)
                        // Let go of when their time is over, also where nobody calls any more.
                        .scheduler(Scheduler.systemScheduler())
                        // Its housekeeping takes less than to wake another thread for it.
                        .executor(Runnable::run)
                        .recordStats()
                        .build());
    }

    /** Checks a token's signature, issuer, audience and times. */
    interface Verification {
        Uni<SecurityIdentity> verify(TokenAuthenticationRequest request, AuthenticationRequestContext context);
    }

    /** @param end in seconds since the epoch */
    private record Verified(SecurityIdentity identity, long end) {}

    @Override
    public Class<TokenAuthenticationRequest> getRequestType() {
        return TokenAuthenticationRequest.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            TokenAuthenticationRequest request, AuthenticationRequestContext context) {
        if (!(request.getToken() instanceof AccessTokenCredential token)) {
            return Uni.createFrom().nullItem();
        }
        if (isBound(request)) {
            return oidc.verify(request, context);
        }
        return remembered(token.getToken())
                .map(identity -> Uni.createFrom().item(identity))
                .orElseGet(() -> oidc.verify(request, context).map(identity -> remember(token.getToken(), identity)));
    }

    /** Whom a bearer token stands for, if it was verified a moment ago. */
    Optional<SecurityIdentity> remembered(String token) {
        return verified.map(tokens -> tokens.getIfPresent(token))
                .filter(known -> clock.instant().getEpochSecond() < known.end())
                .map(Verified::identity);
    }

    /** A token that is good with a proof of its holder's only is verified together with it. */
    private static boolean isBound(TokenAuthenticationRequest request) {
        var call = HttpSecurityUtils.getRoutingContextAttribute(request);
        return call != null
                && (call.get(OidcConstants.X509_SHA256_THUMBPRINT) != null || call.get(OidcUtils.DPOP_PROOF) != null);
    }

    /** Before the one who verifies. */
    @Override
    public int priority() {
        return SYSTEM_FIRST + 2;
    }

    private SecurityIdentity remember(String token, SecurityIdentity verifiedNow) {
        var identity = ofAnyRequest(verifiedNow);
        var end = ((JsonWebToken) identity.getPrincipal()).getExpirationTime();
        if (token.length() <= LONGEST) {
            verified.ifPresent(tokens -> tokens.put(token, new Verified(identity, end)));
        }
        return identity;
    }

    /** Without the request in which it was verified, and with what every request wants to know of it. */
    private SecurityIdentity ofAnyRequest(SecurityIdentity identity) {
        var attributes = new HashMap<>(identity.getAttributes());
        attributes.remove(RoutingContext.class.getName());
        attributes.remove(AuthenticationRequestContext.class.getName());
        attributes.put(TokenClaims.ATTRIBUTE, TokenClaims.of(identity, config));
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(identity.getPrincipal())
                .addRoles(identity.getRoles())
                .addCredentials(identity.getCredentials())
                .addAttributes(attributes)
                .build();
    }
}
