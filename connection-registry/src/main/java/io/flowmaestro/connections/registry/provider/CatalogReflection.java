package io.flowmaestro.connections.registry.provider;

import io.flowmaestro.connections.catalog.Account;
import io.flowmaestro.connections.catalog.ApiKeyMethod;
import io.flowmaestro.connections.catalog.BasicAuthMethod;
import io.flowmaestro.connections.catalog.BasicPair;
import io.flowmaestro.connections.catalog.Category;
import io.flowmaestro.connections.catalog.ConfigVariable;
import io.flowmaestro.connections.catalog.CustomMethod;
import io.flowmaestro.connections.catalog.Field;
import io.flowmaestro.connections.catalog.McpAuth;
import io.flowmaestro.connections.catalog.McpMethod;
import io.flowmaestro.connections.catalog.McpOAuth;
import io.flowmaestro.connections.catalog.Methods;
import io.flowmaestro.connections.catalog.OAuth2Method;
import io.flowmaestro.connections.catalog.OAuthGrant;
import io.flowmaestro.connections.catalog.Pkce;
import io.flowmaestro.connections.catalog.Provider;
import io.flowmaestro.connections.catalog.Refresh;
import io.flowmaestro.connections.catalog.Revoke;
import io.flowmaestro.connections.catalog.RevokeAuth;
import io.flowmaestro.connections.catalog.Rotation;
import io.flowmaestro.connections.catalog.Source;
import io.flowmaestro.connections.catalog.TokenAuth;
import io.flowmaestro.connections.catalog.TokenBody;
import io.flowmaestro.connections.catalog.TokenResponse;
import io.flowmaestro.connections.catalog.Verify;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Keeps the catalogue's records readable and writable by Jackson in a native image; the library knows no Quarkus. */
@RegisterForReflection(
        targets = {
            Account.class,
            ApiKeyMethod.class,
            BasicAuthMethod.class,
            BasicPair.class,
            Category.class,
            ConfigVariable.class,
            CustomMethod.class,
            Field.class,
            McpAuth.class,
            McpMethod.class,
            McpOAuth.class,
            McpOAuth.Registration.class,
            Methods.class,
            OAuth2Method.class,
            OAuthGrant.class,
            Pkce.class,
            Provider.class,
            Refresh.class,
            Refresh.Exchange.class,
            Revoke.class,
            RevokeAuth.class,
            Rotation.class,
            Source.class,
            TokenAuth.class,
            TokenBody.class,
            TokenResponse.class,
            Verify.class
        })
final class CatalogReflection {

    private CatalogReflection() {}
}
