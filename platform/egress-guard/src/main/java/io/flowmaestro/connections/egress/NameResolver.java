package io.flowmaestro.connections.egress;

import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.util.List;

/** All addresses of a name, never an empty list; fails with {@link EgressFailure} when there are none. */
@FunctionalInterface
interface NameResolver {
    Uni<List<InetAddress>> resolve(String name);
}
