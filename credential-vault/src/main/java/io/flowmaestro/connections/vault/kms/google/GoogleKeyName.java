package io.flowmaestro.connections.vault.kms.google;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * The resource name of a key, without a version: Google encrypts with the primary one and finds the one to
 * decrypt with.
 */
record GoogleKeyName(String value) {

    private static final Pattern URI_FORM = Pattern.compile(
            "//(projects/[a-z0-9.:-]+/locations/[a-z0-9-]+/keyRings/[A-Za-z0-9_-]{1,63}/cryptoKeys/[A-Za-z0-9_-]{1,63})");

    static GoogleKeyName of(URI key) {
        var parts = URI_FORM.matcher(key.getRawSchemeSpecificPart());
        if (!parts.matches()) {
            throw new ConfigurationException("The key's URI must be gcp-kms:// and the name of a key without a version:"
                    + " gcp-kms://projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key>.");
        }
        return new GoogleKeyName(parts.group(1));
    }

    String path(String method) {
        return "/v1/%s:%s".formatted(value, method);
    }

    @Override
    public String toString() {
        return value;
    }
}
