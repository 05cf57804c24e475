package io.flowmaestro.connections.local.isolation;

import java.util.Optional;
import java.util.UUID;

/**
 * Who makes a request.
 *
 * @param role as in {@code x-roles}, or {@link #NONE}
 * @param bearer the token; empty for nobody in particular
 * @param user whose resources are the caller's own
 * @param onBehalfOf what {@code X-On-Behalf-Of} says
 */
record Caller(String name, String role, String bearer, UUID user, Optional<UUID> onBehalfOf) {
    static final String NONE = "none";

    static Caller anonymous(UUID user) {
        return new Caller("anonymous", NONE, "", user, Optional.empty());
    }

    static Caller person(String name, String role, String bearer, UUID user) {
        return new Caller(name, role, bearer, user, Optional.empty());
    }

    /** A worker or a service. */
    static Caller client(String name, String role, String bearer, UUID user) {
        return new Caller(name, role, bearer, user, Optional.of(user));
    }

    /** The same one for another user. */
    Caller actingFor(UUID other) {
        return new Caller(name, role, bearer, other, Optional.of(other));
    }

    /** One who claims to act for somebody without being let. */
    Caller pretendingToBe(UUID other) {
        return new Caller(name + " pretending", NONE, bearer, user, Optional.of(other));
    }

    boolean isAnonymous() {
        return bearer.isEmpty();
    }

    boolean isService() {
        return role.equals("service");
    }

    boolean isAdmin() {
        return role.equals("admin");
    }

    boolean mayCall(Operation operation) {
        return operation.isOpenToAnybody() || operation.roles().contains(role);
    }

    @Override
    public String toString() {
        return name;
    }
}
