package io.flowmaestro.connections.mcp.endpoint.login;

import io.flowmaestro.connections.mcp.access.AccessSettings;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Which tokens are meant for what is called. The suite's ordinary audience opens every path of this service; the endpoint
 * is a resource of its own besides (RFC 8707), and a token for it, or for one connection of it, opens nothing else.
 */
@ApplicationScoped
class Audiences implements SecurityIdentityAugmentor {

    private final PublicUrls urls;
    private final String ordinary;

    Audiences(PublicUrls urls, AccessSettings settings) {
        this.urls = urls;
        this.ordinary = settings.audience();
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        return augment(identity, context, Map.of());
    }

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity, AuthenticationRequestContext context, Map<String, Object> attributes) {
        if (identity.isAnonymous() || isMeant(identity, HttpSecurityUtils.getRoutingContextAttribute(attributes))) {
            return Uni.createFrom().item(identity);
        }
        return Uni.createFrom().failure(new AuthenticationFailedException("The token is for another audience"));
    }

    private boolean isMeant(SecurityIdentity identity, RoutingContext request) {
        var audiences = identity.getPrincipal() instanceof JsonWebToken token
                ? Objects.requireNonNullElse(token.getAudience(), Set.<String>of())
                : Set.<String>of();
        if (audiences.contains(ordinary)) {
            return true;
        }
        var path = request == null ? "" : request.normalizedPath();
        return PublicUrls.isEndpoint(path)
                && (audiences.contains(urls.resource(PublicUrls.ENDPOINT)) || audiences.contains(urls.resource(path)));
    }
}
