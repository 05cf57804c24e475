package io.flowmaestro.connections.vault.audit;

import com.fasterxml.jackson.annotation.JsonValue;

/** What can be wrong with a record or a chain. */
enum FindingProblem {
    /** The record, or its MAC, is not what was written in this place; nor was one that somebody added. */
    ALTERED("altered"),
    /** Records are gone from the beginning or the middle of a chain. */
    MISSING("missing"),
    /** Two records have one number. */
    DUPLICATE("duplicate"),
    /** The chain ends before a checkpoint. */
    CUT_OFF("cut-off"),
    /** There is a checkpoint of a chain of which nothing is left. */
    UNKNOWN_CHAIN("unknown-chain");

    private final String wireName;

    FindingProblem(String wireName) {
        this.wireName = wireName;
    }

    @JsonValue
    String wireName() {
        return wireName;
    }
}
