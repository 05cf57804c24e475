package io.flowmaestro.connections.mcp.endpoint.replica;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;

/** Where the other replicas reach this one. Checked at start: it goes into what is signed, and is believed by the others. */
@Startup
@ApplicationScoped
public class OwnAddress {

    private final Optional<String> url;

    @Inject
    OwnAddress(ReplicaSettings settings) {
        this(settings.url());
    }

    public OwnAddress(Optional<String> url) {
        this.url = url.map(String::strip).filter(given -> !given.isEmpty()).map(OwnAddress::checked);
    }

    private static String checked(String given) {
        var uri = URI.create(given);
        boolean fine = ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                && uri.getHost() != null
                && uri.getUserInfo() == null
                && uri.getRawPath().isEmpty()
                && uri.getRawQuery() == null;
        if (!fine) {
            throw new IllegalStateException(
                    "CONNECTIONS_MCP_REPLICA_URL must be this replica's own scheme, host and port, as"
                            + " http://10.1.2.3:8080, and nothing more.");
        }
        return given;
    }

    /** Empty when there is one replica, or none knows of the others. */
    public Optional<String> url() {
        return url;
    }

    /** Whether replicas speak TLS with each other. */
    boolean isSealed() {
        return url.filter(OwnAddress::isSealed).isPresent();
    }

    private static boolean isSealed(String url) {
        return url.startsWith("https:");
    }

    /**
     * Whether something belongs to another replica than this one. Where replicas speak TLS, nothing belongs to one that would be
     * told in the clear: it is of a time before, and its address may be anybody's by now.
     */
    public boolean isElsewhere(String home) {
        return url.isPresent() && !home.isEmpty() && !home.equals(url.get()) && (!isSealed() || isSealed(home));
    }
}
