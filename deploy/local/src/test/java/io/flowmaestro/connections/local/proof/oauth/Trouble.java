package io.flowmaestro.connections.local.proof.oauth;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One provider that misbehaves, and its connections: some with tokens that ended, some with tokens that are due and still good. */
final class Trouble {
    private static final long NANOS_A_MINUTE = 60_000_000_000L;
    /** What the first answers to a caller take to arrive. */
    private static final long TOLERANCE_MILLIS = 50;

    private final Stock stock;
    private final Script script;
    private final String name;
    private final Fault fault;
    private final List<Held> ended;
    private final List<Held> good;
    private final Verdicts verdicts;
    private final List<Future<Given>> ofEnded = new ArrayList<>();
    private final Map<Held, List<Future<Given>>> ofGood = new LinkedHashMap<>();
    private final Map<Held, List<Long>> calls = new LinkedHashMap<>();
    private long began;
    private double minutes;
    private int statusChanged;

    Trouble(Stock stock, Script script, String name, Fault fault, List<Held> ended, List<Held> good) {
        this.stock = stock;
        this.script = script;
        this.name = name;
        this.fault = fault;
        this.ended = ended;
        this.good = good;
        this.verdicts = new Verdicts(stock);
        good.forEach(held -> ofGood.put(held, new ArrayList<>()));
    }

    String name() {
        return name;
    }

    int size() {
        return ended.size() + good.size();
    }

    Verdicts verdicts() {
        return verdicts;
    }

    void begin() {
        script.fault = fault;
        began = System.nanoTime();
    }

    /** Gives how many callers that were. */
    int ask(Callers callers, Broker broker) {
        ended.forEach(held -> ofEnded.add(callers.ask(broker, held)));
        ofGood.forEach((held, answers) -> answers.add(callers.ask(broker, held)));
        return size();
    }

    /** What has come of it so far. */
    void note() throws Exception {
        minutes = (double) (System.nanoTime() - began) / NANOS_A_MINUTE;
        all().forEach(held -> calls.put(held, held.family().askedAt()));
        statusChanged = all().size() - stock.active(all());
    }

    void end() {
        script.fault = Fault.NONE;
    }

    void settle(Settling settling, Broker broker) throws Exception {
        // Those that hold a good token may still be served it.
        verdicts.judge(settling.settle(broker, ended), Verdicts.Answer.FORGIVEN);
    }

    private List<Held> all() {
        return Stream.concat(ended.stream(), good.stream()).toList();
    }

    int calls() {
        return calls.values().stream().mapToInt(List::size).sum();
    }

    /** The first call is free; what comes after it, as calls a minute. */
    int busiest() {
        var most = calls.values().stream().mapToInt(List::size).max().orElse(0);
        return (int) Math.round(Math.max(0, most - 1) / minutes);
    }

    /** Connections that were asked for more often than pauses allow that begin at half a second and double. */
    int hasty() {
        var seconds = minutes * 60;
        var allowed = 1;
        for (var pause = 0.5; pause <= seconds; pause += Math.pow(2, allowed - 2)) {
            allowed++;
        }
        var most = allowed;
        return (int)
                calls.values().stream().filter(times -> times.size() > most).count();
    }

    /** Calls that came before the pause was over that the provider or the fault's nature asks for. */
    int tooEarly() {
        var early = 0;
        for (var times : calls.values()) {
            for (int i = 1; i < times.size(); i++) {
                var pause = (times.get(i) - times.get(i - 1)) / 1_000_000 + TOLERANCE_MILLIS;
                early += pause < fault.leastPause().toMillis() ? 1 : 0;
            }
        }
        return early;
    }

    int statusChanged() {
        return statusChanged;
    }

    /** What callers were answered instead of the token that is still good. */
    List<String> notServed() throws Exception {
        var missed = new ArrayList<String>();
        for (var entry : ofGood.entrySet()) {
            for (var given : Callers.await(entry.getValue())) {
                if (!entry.getKey().family().accepts(given.accessToken())) {
                    missed.add(given.status() == 200 ? "a dead token" : given.code());
                }
            }
        }
        return missed;
    }

    /** Answers other than a token, or 503 (502 of the provider) and when to come back. */
    int unclear() throws Exception {
        return (int) Callers.await(ofEnded).stream()
                .filter(given -> given.status() != 200)
                .filter(given -> !((given.status() == 503 || given.status() == 502) && given.saysWhen()))
                .count();
    }
}
