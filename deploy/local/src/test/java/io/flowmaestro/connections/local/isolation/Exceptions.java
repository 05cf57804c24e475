package io.flowmaestro.connections.local.isolation;

import io.flowmaestro.connections.local.suite.Service;
import java.util.Map;
import java.util.Set;

/** Where the contract itself departs from what the matrix demands of every operation: all of it, each with its reason. */
final class Exceptions {

    /** Operations that look nothing up, so that a foreign id is as good as any; their answers differ by chance. */
    private static final Map<String, String> LOOKS_NOTHING_UP = Map.of(
            "encrypt", "seals for the user that the caller acts for, whatever id it is told; the nonce is random",
            "encryptBatch", "as encrypt",
            "importConnections", "an operator says whose the rows become; nobody is looked up",
            "endMcpSession",
                    "ends what the session id says, which holds its user and connection, and is refused to others",
            "listenMcp", "as endMcpSession");

    /** Operations that refuse even one's own resource with 400, 403 or 404, and what for. */
    private static final Map<String, String> REFUSES_ITS_OWN = Map.of(
            "getErasure", "nobody erased the user",
            "retryDelivery", "nothing was delivered that could be sent again",
            "connectMcpAsClient", "it always makes a new connection, and refuses to be told of one",
            "endMcpSession", "there is no session",
            "listenMcp", "as endMcpSession");

    /** Operations that tell nobody in particular where to log in for the path that was called, if it can be one of a connection. */
    private static final Set<String> POINT_TO_THEIR_METADATA = Set.of("speakMcp", "listenMcp", "endMcpSession");

    /** Operations at which one's own resource fares no better than one that is missing. */
    private static final Map<String, String> FINDS_NOTHING = Map.of(
            "import", "the suite has no key of an older system, so no older envelope opens, whoever's it is",
            "importBatch", "as import",
            "renewRevocationClaim", "no revocation is claimed, so there is no claim to renew",
            "listEvents", "a filter of a list, which is empty for a connection to which nothing happened",
            "exportEvents", "as listEvents");

    /** Operations for which one's own deleted resource still counts. */
    private static final Map<String, String> COUNTS_DELETED = Map.of(
            "endRevocation", "tokens are revoked after their connection was deleted",
            "reportUsage", "what was used before it was deleted is reported after it",
            "listEvents", "what happened to a connection outlives it",
            "listEventsOf", "as listEvents",
            "exportEvents", "as listEvents");

    /** Operations that the suite's services call for nobody: what they hand out is everybody's. */
    private static final Map<String, String> HANDS_OUT_EVERYBODYS = Map.of(
            "claimRefreshes", "oauth-broker keeps the tokens of all users alive; ids, and nothing that opens anything",
            "claimRevocations",
                    "oauth-broker ends the tokens of all users; envelopes, which the vault opens for it alone");

    private Exceptions() {}

    static boolean pointsToMetadata(Operation operation) {
        return POINT_TO_THEIR_METADATA.contains(operation.id());
    }

    static boolean handsOutEverybodys(Operation operation, Caller caller) {
        return HANDS_OUT_EVERYBODYS.containsKey(operation.id()) && caller.isService();
    }

    static boolean looksNothingUp(Operation operation) {
        return LOOKS_NOTHING_UP.containsKey(operation.id());
    }

    static boolean mayFindNothing(Operation operation) {
        return looksNothingUp(operation) || mayRefuseItsOwn(operation) || FINDS_NOTHING.containsKey(operation.id());
    }

    static boolean mayRefuseItsOwn(Operation operation) {
        return REFUSES_ITS_OWN.containsKey(operation.id());
    }

    /**
     * Whether one's own deleted resource need not look like a missing one: for what is made for deleted ones, and for the
     * vault, which knows keys and no rows. That of somebody else always has to.
     */
    static boolean mayTellDeleted(Operation operation) {
        return operation.isAboutDeleted()
                || operation.service() == Service.CREDENTIAL_VAULT
                || COUNTS_DELETED.containsKey(operation.id());
    }
}
