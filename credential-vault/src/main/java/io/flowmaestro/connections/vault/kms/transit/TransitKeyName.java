package io.flowmaestro.connections.vault.kms.transit;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * A key of a transit engine.
 *
 * @param mount path of the engine, e.g. {@code transit}
 */
record TransitKeyName(String mount, String name) {

    private static final String SEGMENT = "(?!\\.{1,2}(?:/|$))[A-Za-z0-9._-]+";
    private static final Pattern PATH = Pattern.compile("%1$s(?:/%1$s)*".formatted(SEGMENT));
    private static final Pattern URI_FORM = Pattern.compile("//(%s)/keys/(%s)".formatted(PATH, SEGMENT));

    static TransitKeyName of(URI key) {
        var parts = URI_FORM.matcher(key.getRawSchemeSpecificPart());
        if (!parts.matches()) {
            throw new ConfigurationException("The key's URI must be hcvault://<mount path>/keys/<name>, for example"
                    + " hcvault://transit/keys/connections; the server's address goes into VAULT_ADDR.");
        }
        return new TransitKeyName(parts.group(1), parts.group(2));
    }

    /** The path where an operator mounted something. */
    static String requirePath(String name, String path) {
        if (!PATH.matcher(path).matches()) {
            throw new ConfigurationException("%s must be a mount path such as kubernetes.".formatted(name));
        }
        return path;
    }

    String encryptPath() {
        return "/v1/%s/encrypt/%s".formatted(mount, name);
    }

    String decryptPath() {
        return "/v1/%s/decrypt/%s".formatted(mount, name);
    }

    @Override
    public String toString() {
        return mount + "/keys/" + name;
    }
}
