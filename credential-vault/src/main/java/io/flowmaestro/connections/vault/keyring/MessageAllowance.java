package io.flowmaestro.connections.vault.keyring;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many more messages this replica may seal with a key version before it reserves anew. What it had reserved and not
 * used when it ends is lost, so the count in the database is an upper bound of the messages sealed.
 */
final class MessageAllowance {

    private final AtomicLong left = new AtomicLong();
    private final AtomicLong granted = new AtomicLong();
    private volatile boolean spent;

    /** Takes {@code messages} at once, or none of them. */
    boolean take(int messages) {
        while (true) {
            long now = left.get();
            if (now < messages) {
                return false;
            }
            if (left.compareAndSet(now, now - messages)) {
                return true;
            }
        }
    }

    void add(long messages) {
        granted.addAndGet(messages);
        left.addAndGet(messages);
    }

    /** Nothing is left to reserve, and this replica has seen to the next version. */
    void spend() {
        spent = true;
    }

    boolean isSpent() {
        return spent;
    }

    /** All that was ever reserved here, which tells whether there was anything left to reserve. */
    long granted() {
        return granted.get();
    }
}
