package io.flowmaestro.connections.identity;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;
import org.jspecify.annotations.Nullable;

/** Settles who calls and for whom before any resource method runs, hence before any look-up. */
public class CallerFilter {

    static final String ON_BEHALF_OF = "X-On-Behalf-Of";

    private final Callers callers;
    private final CurrentIdentityAssociation identity;

    CallerFilter(Callers callers, CurrentIdentityAssociation identity) {
        this.callers = callers;
        this.identity = identity;
    }

    @ServerRequestFilter
    public Uni<@Nullable Response> settle(RoutingContext request, SimpleResourceInfo resource) {
        return identity.getDeferredIdentity().map(caller -> settle(caller, request, resource));
    }

    private @Nullable Response settle(SecurityIdentity caller, RoutingContext request, SimpleResourceInfo resource) {
        if (!caller.isAnonymous()) {
            callers.of(caller, request.request().headers().getAll(ON_BEHALF_OF), () -> isUserless(resource))
                    .ifPresentOrElse(
                            known -> request.put(CurrentCaller.KEY, known),
                            () -> request.put(CurrentCaller.CLIENT, callers.client(caller)));
            callers.email(caller).ifPresent(email -> request.put(CurrentCaller.EMAIL, email));
        }
        return null;
    }

    private static boolean isUserless(SimpleResourceInfo resource) {
        try {
            return resource.getResourceClass()
                    .getDeclaredMethod(resource.getMethodName(), resource.parameterTypes())
                    .isAnnotationPresent(Userless.class);
        } catch (NoSuchMethodException unmatched) {
            return false;
        }
    }
}
