package io.flowmaestro.connections.local.process;

import java.util.ArrayList;
import java.util.List;

/** Ends what a killed launcher left running. Only processes that its records describe exactly are touched. */
public final class Reaper {
    private final ProcessRecords records;

    public Reaper(ProcessRecords records) {
        this.records = records;
    }

    /** Answers the names of the processes that were still running. */
    public List<String> reap() {
        List<String> reaped = new ArrayList<>();
        for (ProcessRecord left : records.all()) {
            left.living().ifPresent(process -> {
                Stopping.stop(process, left.stopSignal(), left.patience());
                reaped.add(left.name());
            });
            records.remove(left.name());
        }
        return reaped;
    }
}
