package io.flowmaestro.connections.identity;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Identities as verified tokens give them. */
final class Identities {

    static final String ISSUER = "https://id.example.com";

    private Identities() {}

    static IdentityConfig config(Duration remembered) {
        return new IdentityConfig() {
            @Override
            public String issuer() {
                return ISSUER;
            }

            @Override
            public String userClaim() {
                return "sub";
            }

            @Override
            public Duration remembered() {
                return remembered;
            }
        };
    }

    static SecurityIdentity identity(String role, String subject, Map<String, ?> claims) {
        return builder(role, subject, claims).build();
    }

    static QuarkusSecurityIdentity.Builder builder(String role, String subject, Map<String, ?> claims) {
        var all = new HashMap<String, Object>(claims);
        all.put("sub", subject);
        all.put("iss", ISSUER);
        JsonWebToken token = new JsonWebToken() {
            @Override
            public String getName() {
                return subject;
            }

            @Override
            public Set<String> getClaimNames() {
                return all.keySet();
            }

            @Override
            @SuppressWarnings("unchecked")
            public <T> T getClaim(String name) {
                return (T) all.get(name);
            }
        };
        return QuarkusSecurityIdentity.builder().setPrincipal(token).addRole(role);
    }
}
