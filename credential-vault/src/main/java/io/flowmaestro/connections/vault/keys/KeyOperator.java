package io.flowmaestro.connections.vault.keys;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.vault.problem.VaultProblem;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Says who may do what with a user's keys: an admin with anyone's, a service with those of the user it acts for. */
@ApplicationScoped
public class KeyOperator {

    private final CurrentCaller currentCaller;
    private final SecurityIdentity identity;

    KeyOperator(CurrentCaller currentCaller, SecurityIdentity identity) {
        this.currentCaller = currentCaller;
        this.identity = identity;
    }

    /** The caller, who may do this with the user's keys; else the request ends with 403. */
    public Caller require(KeyOperation operation, UUID user) {
        var caller = currentCaller.get();
        if (identity.hasRole(Roles.ADMIN)
                || (operation.isOpenTo(caller.via()) && caller.subject().equals(user))) {
            return caller;
        }
        throw new ProblemException(
                VaultProblem.OPERATION_NOT_ALLOWED,
                "The client %s may not %s for this user. A service names the user it acts for in X-On-Behalf-Of."
                        .formatted(caller.via(), operation.wireName()));
    }

    /** The caller of an operation that concerns no user; the endpoint lets only admins in. */
    public Caller current() {
        return currentCaller.get();
    }
}
