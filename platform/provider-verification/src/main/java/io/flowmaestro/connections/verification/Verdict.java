package io.flowmaestro.connections.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a test of a credential came to. Messages are for people: they hold neither a secret nor anything a provider sent. */
public sealed interface Verdict {

    /** One or two sentences, with what to do where there is something. */
    String message();

    /**
     * The provider takes the credential.
     *
     * @param accountInfo whose it is as far as the provider says: {@code id}, {@code name} and {@code email}, each at
     *     most 512 characters and each optional
     */
    record Accepted(String message, ObjectNode accountInfo) implements Verdict {}

    /** The provider said that the credential is no good. */
    record Rejected(String message) implements Verdict {}

    /** The question got no answer that says anything about the credential; asking again later may. */
    record Inconclusive(String message) implements Verdict {}

    /** There is nothing to ask, or too little to ask with; asking again changes nothing. */
    record Untestable(String message) implements Verdict {}
}
