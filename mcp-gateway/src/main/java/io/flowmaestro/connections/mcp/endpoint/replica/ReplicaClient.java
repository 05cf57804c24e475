package io.flowmaestro.connections.mcp.endpoint.replica;

import io.quarkus.runtime.Startup;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Connects to replicas at their addresses. With TLS one is trusted by the authority that peers are trusted by, and has to have a
 * certificate of the Service that all of them stand behind: none is made for the address of a pod. It is made at start, as a client
 * that a request makes is closed with the HTTP server.
 */
@Startup
@ApplicationScoped
class ReplicaClient {

    private static final Logger LOG = Logger.getLogger(ReplicaClient.class);

    private final HttpClient http;
    private final Duration handshake;
    private final Optional<TlsConfiguration> tls;
    private final Optional<String> service;

    ReplicaClient(Vertx vertx, ReplicaSettings settings, OwnAddress own, TlsConfigurationRegistry configurations) {
        handshake = settings.connectTimeout();
        service = settings.serviceUrl().map(URI::create).map(URI::getHost);
        tls = own.isSealed() ? trust(settings, configurations) : Optional.empty();
        http = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(own.isSealed())
                .setVerifyHost(true)
                .setConnectTimeout((int) settings.connectTimeout().toMillis())
                .setSslHandshakeTimeout(handshake.toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) settings.idleTimeout().toSeconds())
                .setKeepAliveTimeout(20)
                .setMaxPoolSize(settings.most())
                .setMaxWaitQueueSize(0));
        tls.ifPresent(this::use);
    }

    private static Optional<TlsConfiguration> trust(ReplicaSettings settings, TlsConfigurationRegistry configurations) {
        var found = TlsConfiguration.from(configurations, settings.tlsConfigurationName());
        if (found.map(TlsConfiguration::isTrustAll).orElse(false)) {
            throw new IllegalStateException(
                    "The TLS configuration " + settings.tlsConfigurationName().orElse("")
                            + " trusts everybody. Replicas pass the tokens of users to each other: give it the authority that"
                            + " made their certificates.");
        }
        return found;
    }

    /** A connection that stands was made with what was trusted then; the next is made with this. */
    private void use(TlsConfiguration configuration) {
        http.updateSSLOptions(
                        configuration
                                .getSSLOptions()
                                .setSslHandshakeTimeout(handshake.toMillis())
                                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS),
                        true)
                .onFailure(failure -> LOG.error("Whom replicas trust could not be read; it stays as it was.", failure));
    }

    void renewed(@Observes CertificateUpdatedEvent event) {
        tls.filter(configuration -> configuration.getName().equals(event.name()))
                .ifPresent(_ -> use(event.tlsConfiguration()));
    }

    /** Fails when the replica is not there, or has not proved to be one. Nothing was sent then. */
    Future<HttpClientRequest> connect(String home, RequestOptions request, String path) {
        request.setAbsoluteURI(home + path).setFollowRedirects(false);
        String host = request.getHost();
        if (request.isSsl() && isAddress(host)) {
            service.ifPresent(name -> request.setServer(SocketAddress.inetSocketAddress(request.getPort(), host))
                    .setHost(name));
        }
        return http.request(request);
    }

    private static boolean isAddress(String host) {
        return host.startsWith("[") || host.matches("[0-9.]+");
    }

    @PreDestroy
    void close() {
        http.close();
    }
}
