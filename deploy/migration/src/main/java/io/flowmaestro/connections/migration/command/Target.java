package io.flowmaestro.connections.migration.command;

import io.flowmaestro.connections.migration.refusal.Refusal;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/** Which registry rows go to, and how it may be reached. */
public final class Target {
    /** Set by the {@code connections} script when the suite of this machine runs. */
    private static final String LOCAL = "CONNECTIONS_IMPORT_TO";

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private Target() {}

    public static URI of(Options options, Map<String, String> environment) {
        URI address = options.to().orElseGet(() -> local(environment));
        if (address.getScheme().equals("http") && !LOOPBACK.contains(address.getHost()) && !options.plainHttp()) {
            throw Refusal.usage(
                    "--to is plain http to another machine, and the operator's token would travel in the clear."
                            + " Use https, a port forward to localhost, or, where a mesh encrypts, --allow-plain-http.");
        }
        return address;
    }

    private static URI local(Map<String, String> environment) {
        String address = environment.getOrDefault(LOCAL, "");
        if (address.isEmpty()) {
            throw Refusal.usage("Where to? The suite does not run on this machine: start it with ./connections up,"
                    + " or give --to with the registry's own address.");
        }
        return OptionValues.address(address);
    }
}
