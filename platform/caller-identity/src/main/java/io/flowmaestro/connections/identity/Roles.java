package io.flowmaestro.connections.identity;

/** The role names as they stand in a token's roles claim, for {@code @RolesAllowed}. */
public final class Roles {

    /** A person, working with connections of their own. */
    public static final String USER = "user";

    /** Operates the suite; never reads connection data or credentials. */
    public static final String ADMIN = "admin";

    /** A workflow worker's service account, acting for a user. */
    public static final String WORKER = "worker";

    /** One of the suite's own services, acting for a user but on userless calls. */
    public static final String SERVICE = "service";

    private Roles() {}
}
