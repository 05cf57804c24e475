package io.flowmaestro.connections.registry.page;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What the web UI is told about this installation. */
@ConfigMapping(prefix = "registry.ui")
interface UiConfig {

    /** The identity provider that people sign in with, {@code CONNECTIONS_ISSUER}. */
    URI issuer();

    /** The UI's public client there, {@code CONNECTIONS_UI_CLIENT_ID}; it has no secret. */
    String clientId();

    /** The scopes that the UI asks for, {@code CONNECTIONS_UI_SCOPE}, separated by spaces. */
    String scope();

    /**
     * Origins of other frontends that embed the picker, {@code CONNECTIONS_UI_ORIGINS}, separated by commas: they may
     * call the API from a browser, and are told the result of {@code /connect}.
     */
    Optional<List<String>> origins();

    /** Origins of the identity provider's endpoints where they are not the issuer's, {@code CONNECTIONS_UI_IDENTITY_ORIGINS}. */
    Optional<List<String>> identityOrigins();

    /** Where users find the suite, {@code CONNECTIONS_PUBLIC_URL}. */
    Optional<String> publicUrl();
}
