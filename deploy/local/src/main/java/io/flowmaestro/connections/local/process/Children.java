package io.flowmaestro.connections.local.process;

import io.flowmaestro.connections.local.refusal.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Everything this launcher started. Once it is stopping, nothing new starts: a signal may arrive while another thread
 * is about to start the next process.
 */
public final class Children {
    private final ProcessRecords records;
    private final List<ChildProcess> started = new ArrayList<>();
    private final AtomicBoolean stopping = new AtomicBoolean();

    public Children(ProcessRecords records) {
        this.records = records;
    }

    public ChildProcess start(ProcessSpec spec) {
        synchronized (started) {
            if (stopping.get()) {
                throw new Refusal(spec.name() + " was not started: the suite is stopping.");
            }
            rotate(spec);
            ChildProcess child = ChildProcess.start(spec, records);
            started.removeIf(earlier -> earlier.spec().name().equals(spec.name()));
            started.add(child);
            return child;
        }
    }

    public boolean stopping() {
        return stopping.get();
    }

    /** From here on no process starts; what runs is returned, in the order it was started. */
    public List<ChildProcess> stopStarting() {
        stopping.set(true);
        synchronized (started) {
            return List.copyOf(started);
        }
    }

    private static void rotate(ProcessSpec spec) {
        try {
            LogTail.rotateIfLarge(spec.log());
        } catch (IOException tolerable) {
            // A log that cannot be moved aside is no reason not to start: it only grows.
        }
    }
}
