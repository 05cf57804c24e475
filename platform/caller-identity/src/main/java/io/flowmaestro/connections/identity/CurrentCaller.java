package io.flowmaestro.connections.identity;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.Optional;

/** The caller of the request in hand. Read it once, in the resource method, and pass it on. */
@ApplicationScoped
public class CurrentCaller {

    static final String KEY = Caller.class.getName();

    static final String CLIENT = CurrentCaller.class.getName() + ".client";

    static final String EMAIL = CurrentCaller.class.getName() + ".email";

    private final CurrentVertxRequest request;

    CurrentCaller(CurrentVertxRequest request) {
        this.request = request;
    }

    /**
     * The caller and the user it acts for.
     *
     * @throws NullPointerException on an endpoint that is open to anonymous or userless calls
     */
    public Caller get() {
        Caller caller = request.getCurrent().get(KEY);
        return Objects.requireNonNull(caller, "no caller: the endpoint needs @RolesAllowed and must not be @Userless");
    }

    /** The same on a userless endpoint: empty for a service that names no user. */
    public Optional<Caller> find() {
        return Optional.ofNullable(request.getCurrent().get(KEY));
    }

    /** The OAuth client through which the call comes, also of a service that names no user. */
    public String via() {
        return request.getCurrent().get(KEY) instanceof Caller caller
                ? caller.via()
                : Objects.requireNonNull(
                        request.getCurrent().get(CLIENT), "no client: the endpoint needs @RolesAllowed");
    }

    /** The e-mail address in the token of a person; empty for services, and where the identity provider does not tell it. */
    public Optional<String> email() {
        return Optional.ofNullable(request.getCurrent().get(EMAIL));
    }
}
