package io.flowmaestro.connections.local.isolation;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the answers to one operation, by one caller, for the states of a resource in one place, have to be. */
final class Judgement {
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    private final Findings findings;
    private final Operation operation;
    private final Caller caller;
    private final boolean inPath;
    private final String cell;

    /** For an operation without any resource. */
    Judgement(Findings findings, Operation operation, Caller caller) {
        this.findings = findings;
        this.operation = operation;
        this.caller = caller;
        this.inPath = false;
        this.cell = operation + ", by " + caller;
    }

    Judgement(Findings findings, Operation operation, Caller caller, Place place) {
        this.findings = findings;
        this.operation = operation;
        this.caller = caller;
        this.inPath = place.inPath();
        this.cell = operation + ", " + place.name() + ", by " + caller;
    }

    /** No role that is listed: the same refusal, whatever the resource. */
    void refused(Map<?, Answer> answers) {
        int expected = caller.isAnonymous() ? UNAUTHORIZED : FORBIDDEN;
        answers.forEach((state, answer) -> {
            if (answer.status() != expected) {
                findings.wrongRole(cell + ", " + state + " is answered " + answer.status() + ", not " + expected);
            }
        });
        same(Exceptions.pointsToMetadata(operation) ? ids(answers) : answers);
    }

    /** A listed role, without a resource: whatever comes of it, it is not refused for who calls. */
    boolean admitted(Answer answer) {
        boolean peerRefused = caller.isService() && answer.status() == FORBIDDEN;
        if (answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN && !peerRefused) {
            findings.wrongRole(cell + " is refused: " + answer.summary());
        }
        return !peerRefused;
    }

    /** A service that the operation is not for. It may be told that an id is none, since that says nothing of any row. */
    void peerRefused(Map<State, Answer> answers) {
        malformed(answers.get(State.MALFORMED));
        refused(ids(answers));
    }

    private static Map<Object, Answer> ids(Map<?, Answer> answers) {
        var ids = new LinkedHashMap<Object, Answer>(answers);
        ids.remove(State.MALFORMED);
        return ids;
    }

    /** Every state alike. */
    private void same(Map<?, Answer> answers) {
        var first = answers.entrySet().iterator().next();
        answers.forEach((state, answer) ->
                findings.compare(cell + ", " + first.getKey() + " and " + state + " differ", first.getValue(), answer));
    }

    /** A listed role: one's own is found, and the others are as good as missing. */
    void judged(Map<State, Answer> answers) {
        found(answers.get(State.OWN), answers.get(State.MISSING));
        var missing = answers.get(State.MISSING);
        answers.forEach((state, answer) -> {
            switch (state) {
                case FOREIGN, FOREIGN_DELETED -> hidden(state, answer, missing);
                case DELETED -> {
                    if (!Exceptions.mayTellDeleted(operation)) {
                        hidden(state, answer, missing);
                    }
                }
                case MALFORMED -> malformed(answer);
                case OWN, MISSING -> {}
            }
        });
    }

    private void malformed(Answer answer) {
        boolean accepted = answer.status() < BAD_REQUEST && !Exceptions.looksNothingUp(operation);
        if (accepted || answer.status() >= SERVER_ERROR) {
            findings.unproved(cell + ", MALFORMED is answered " + answer.summary());
        }
    }

    private void found(Answer own, Answer missing) {
        boolean refused = switch (own.status()) {
            case BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND -> true;
            default -> own.status() >= SERVER_ERROR;
        };
        if (refused && !Exceptions.mayRefuseItsOwn(operation)) {
            findings.unproved(cell + ": one's own resource is answered " + own.summary()
                    + "\n    Make the request good in Bodies, Kind or Stock, or say in Exceptions why it is refused.");
        } else if (own.equals(missing) && !Exceptions.mayFindNothing(operation)) {
            findings.unproved(cell + ": one's own resource is answered as a missing one is: " + own.summary());
        }
    }

    private void hidden(State state, Answer answer, Answer missing) {
        if (Exceptions.looksNothingUp(operation)) {
            return;
        }
        findings.compare(cell + ", " + state + " and MISSING differ", answer, missing);
        if (inPath && !operation.isInternal() && answer.status() != NOT_FOUND) {
            findings.leak(cell + ", " + state + " is answered " + answer.summary());
        }
    }
}
