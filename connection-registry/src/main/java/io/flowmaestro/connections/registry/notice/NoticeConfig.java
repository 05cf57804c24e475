package io.flowmaestro.connections.registry.notice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** E-mail to owners. */
@ConfigMapping(prefix = "registry.notices")
interface NoticeConfig {

    /** The SMTP server, {@code CONNECTIONS_SMTP_HOST}; without one no e-mail is sent. */
    Optional<String> smtpHost();

    /** Where users find the suite, {@code CONNECTIONS_PUBLIC_URL}; a request's Host header never says so. */
    Optional<URI> publicUrl();

    /** An owner gets at most one message in this time. */
    @WithDefault("1h")
    Duration digest();

    /** How long a message waits for more of the same kind, since what breaks often breaks together. */
    @WithDefault("60s")
    Duration settle();
}
