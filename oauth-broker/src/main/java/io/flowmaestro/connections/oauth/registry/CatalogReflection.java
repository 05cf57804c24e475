package io.flowmaestro.connections.oauth.registry;

import io.flowmaestro.connections.catalog.Account;
import io.flowmaestro.connections.catalog.ConfigVariable;
import io.flowmaestro.connections.catalog.Field;
import io.flowmaestro.connections.catalog.OAuth2Method;
import io.flowmaestro.connections.catalog.OAuthGrant;
import io.flowmaestro.connections.catalog.Pkce;
import io.flowmaestro.connections.catalog.Refresh;
import io.flowmaestro.connections.catalog.Revoke;
import io.flowmaestro.connections.catalog.RevokeAuth;
import io.flowmaestro.connections.catalog.Rotation;
import io.flowmaestro.connections.catalog.TokenAuth;
import io.flowmaestro.connections.catalog.TokenBody;
import io.flowmaestro.connections.catalog.TokenResponse;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Keeps an OAuth method of the catalogue readable by Jackson in a native image; the library knows no Quarkus. */
@RegisterForReflection(
        targets = {
            Account.class,
            ConfigVariable.class,
            Field.class,
            OAuth2Method.class,
            OAuthGrant.class,
            Pkce.class,
            Refresh.class,
            Refresh.Exchange.class,
            Revoke.class,
            RevokeAuth.class,
            Rotation.class,
            TokenAuth.class,
            TokenBody.class,
            TokenResponse.class
        })
final class CatalogReflection {

    private CatalogReflection() {}
}
