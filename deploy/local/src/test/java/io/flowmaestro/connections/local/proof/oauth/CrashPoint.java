package io.flowmaestro.connections.local.proof.oauth;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How far a refresh has come when its broker is killed. */
enum CrashPoint {
    /** The broker has seen that the token is due. */
    BEFORE_CLAIM(false, true) {
        @Override
        void arm(Broker broker, List<Script> scripts) {
            broker.database().stop();
        }

        @Override
        Set<String> reached(Broker broker, List<Script> scripts, int wanted) throws InterruptedException {
            Thread.sleep(800);
            return ALL;
        }
    },
    /** The lease is its own; the provider was not asked. */
    LEASED(false, true) {
        @Override
        void arm(Broker broker, List<Script> scripts) {
            broker.vault().holdRequests(Passing.ANSWER_KEY);
        }

        @Override
        Set<String> reached(Broker broker, List<Script> scripts, int wanted) throws InterruptedException {
            return broker.vault().requests.awaitHeld(wanted, LONGEST);
        }
    },
    /** The provider has the request, and has rotated. */
    SENT(false, false) {
        @Override
        void arm(Broker broker, List<Script> scripts) {
            scripts.forEach(script -> script.answers.hold());
        }

        @Override
        Set<String> reached(Broker broker, List<Script> scripts, int wanted) throws InterruptedException {
            return atTheProviders(scripts, wanted);
        }
    },
    /** The answer is in the broker's socket, and the broker has not read it. */
    IN_THE_SOCKET(false, false) {
        @Override
        void arm(Broker broker, List<Script> scripts) {
            scripts.forEach(script -> script.answers.hold());
        }

        @Override
        Set<String> reached(Broker broker, List<Script> scripts, int wanted) throws Exception {
            var held = atTheProviders(scripts, wanted);
            broker.freeze();
            scripts.forEach(script -> script.answers.letGo());
            Thread.sleep(200);
            return held;
        }
    },
    /** The answer is stored; its tokens wait to be sealed as the connection's. */
    ANSWER_STORED(true, false) {
        @Override
        void arm(Broker broker, List<Script> scripts) {
            broker.vault().holdRequests(Passing.SEALING);
        }

        @Override
        Set<String> reached(Broker broker, List<Script> scripts, int wanted) throws InterruptedException {
            return broker.vault().requests.awaitHeld(wanted, LONGEST);
        }
    },
    /** On the way to the registry. */
    PUBLISHING(true, false) {
        @Override
        void arm(Broker broker, List<Script> scripts) {
            broker.registry().holdRequests(Passing.PUBLICATION);
        }

        @Override
        Set<String> reached(Broker broker, List<Script> scripts, int wanted) throws InterruptedException {
            return broker.registry().requests.awaitHeld(wanted, LONGEST);
        }
    },
    /** The registry has written; the broker does not know. */
    PUBLISHED(true, false) {
        @Override
        void arm(Broker broker, List<Script> scripts) {
            broker.registry().holdAnswers(Passing.PUBLICATION);
        }

        @Override
        Set<String> reached(Broker broker, List<Script> scripts, int wanted) throws InterruptedException {
            return broker.registry().answers.awaitHeld(wanted, LONGEST);
        }
    },
    /** The broker knows, and is about to note it and to answer. */
    HANDING_OUT(true, false) {
        @Override
        void arm(Broker broker, List<Script> scripts) {
            broker.registry().holdAnswers(Passing.PUBLICATION);
        }

        @Override
        Set<String> reached(Broker broker, List<Script> scripts, int wanted) throws InterruptedException {
            var held = broker.registry().answers.awaitHeld(wanted, LONGEST);
            broker.database().stop();
            broker.registry().answers.letGo();
            Thread.sleep(100);
            return held;
        }
    };

    /** They cannot be told apart, and had the time. */
    static final Set<String> ALL = Set.of("all");

    /** Below every time limit of the broker with short clocks, so that none of them strikes first. */
    private static final Duration LONGEST = Duration.ofMillis(3_300);

    private final boolean answered;
    private final boolean unasked;

    CrashPoint(boolean answered, boolean unasked) {
        this.answered = answered;
        this.unasked = unasked;
    }

    /** Sees to it that refreshes at this broker stop there. */
    abstract void arm(Broker broker, List<Script> scripts);

    /** Waits for them, and gives the connections or families that came so far, or {@link #ALL}. */
    abstract Set<String> reached(Broker broker, List<Script> scripts, int wanted) throws Exception;

    /** What may have become of the provider's answer. */
    Verdicts.Answer answer(Duration grace) {
        if (answered) {
            return Verdicts.Answer.ARRIVED;
        }
        return unasked || !grace.isZero() ? Verdicts.Answer.FORGIVEN : Verdicts.Answer.GONE;
    }

    private static Set<String> atTheProviders(List<Script> scripts, int wanted) throws InterruptedException {
        var deadline = System.nanoTime() + LONGEST.toNanos();
        while (held(scripts).size() < wanted && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        return held(scripts);
    }

    private static Set<String> held(List<Script> scripts) {
        var held = new HashSet<String>();
        scripts.forEach(script -> held.addAll(script.answers.held()));
        return held;
    }
}
