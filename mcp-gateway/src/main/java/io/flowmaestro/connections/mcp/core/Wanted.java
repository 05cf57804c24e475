package io.flowmaestro.connections.mcp.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** The interest of somebody who listens. It may change while they do. */
public class Wanted {

    private final List<Runnable> observers = new CopyOnWriteArrayList<>();
    private volatile Interest now;

    public Wanted(Interest first) {
        this.now = first;
    }

    public Interest now() {
        return now;
    }

    public void set(Interest next) {
        now = next;
        observers.forEach(Runnable::run);
    }

    /** Runs it after each change, until what is given back is run. */
    public Runnable onChange(Runnable observer) {
        observers.add(observer);
        return () -> observers.remove(observer);
    }

    /** A part of this. Nothing of it is kept here but for as long as somebody observes it. */
    public Wanted part(UnaryOperator<Interest> of) {
        var whole = this;
        return new Wanted(of.apply(now)) {
            @Override
            public Interest now() {
                return of.apply(whole.now());
            }

            @Override
            public Runnable onChange(Runnable observer) {
                return whole.onChange(observer);
            }
        };
    }
}
