package io.flowmaestro.connections.vault.kms;

import io.flowmaestro.connections.vault.masterkey.ConfiguredKey;
import io.flowmaestro.connections.vault.masterkey.RemoteKeys;
import io.quarkus.arc.All;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** Finds the key management service that a key's URI names. */
@ApplicationScoped
class KeyManagementServices implements RemoteKeys {

    /** Quotes nothing of what was written: a key that was put here by mistake would end up in the log. */
    private static final String FORMS =
            " Write the key's URI as hcvault://<mount path>/keys/<name>, aws-kms://<key ARN> or"
                    + " gcp-kms://projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key>.";

    private final List<KeyManagementService> services;

    KeyManagementServices(@All List<KeyManagementService> services) {
        this.services = List.copyOf(services);
    }

    @Override
    public ConfiguredKey open(String uri) {
        var key = parse(uri);
        var service = service(key);
        return new ConfiguredKey(service.name(), service.open(key));
    }

    private KeyManagementService service(URI key) {
        return services.stream()
                .filter(service -> service.knows(key))
                .findFirst()
                .orElseThrow(() -> refused("The scheme of the key's URI stands for no key management service."));
    }

    private static URI parse(String text) {
        if (text.isBlank()) {
            throw refused("The key's URI is empty.");
        }
        try {
            var uri = new URI(text.strip());
            if (uri.getScheme() == null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
                throw refused("The key's URI has no scheme, or has a query or a fragment.");
            }
            return uri;
        } catch (URISyntaxException malformed) {
            // The cause is dropped: its message quotes the text.
            throw refused("The key's URI is not a URI.");
        }
    }

    private static ConfigurationException refused(String reason) {
        return new ConfigurationException(reason + FORMS);
    }
}
