package io.flowmaestro.connections.migration.registry;

import io.flowmaestro.connections.migration.refusal.Refusal;
import java.net.URI;

/** Which answers pass by themselves, and what the operator does about the others. */
final class Refusals {
    private Refusals() {}

    static boolean passing(int status) {
        return switch (status) {
            case 408, 425, 429, 500, 502, 503, 504 -> true;
            default -> false;
        };
    }

    static Refusal of(URI operation, Reply reply) {
        String where = "The registry at " + operation.getAuthority();
        return Refusal.stopped(
                switch (reply.status()) {
                    case 401 ->
                        where + " does not accept the token (401); it may have expired. Get a new one and go on.";
                    case 403 ->
                        where + " refuses (" + reply.summary()
                                + "). The token must be an operator's, with the role admin.";
                    case 404, 405 ->
                        where + " has no such operation (" + reply.status()
                                + "). --to must be the registry's own address: the front door does not route /internal.";
                    default -> where + " answered " + reply.summary() + ".";
                });
    }
}
