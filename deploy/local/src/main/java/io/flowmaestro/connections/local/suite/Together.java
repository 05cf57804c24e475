package io.flowmaestro.connections.local.suite;

import io.flowmaestro.connections.local.refusal.Refusal;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Runs parts at the same time and waits for all of them, or for the first that fails. */
final class Together {
    private Together() {}

    @FunctionalInterface
    interface Part {
        void run() throws Exception;
    }

    /** The first failure is thrown at once: the others are not waited for, as everything is stopped then. */
    static void run(List<Part> parts) {
        ExecutorService threads =
                Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());
        CompletionService<Boolean> results = new ExecutorCompletionService<>(threads);
        try {
            for (Part part : parts) {
                results.submit(() -> {
                    part.run();
                    return true;
                });
            }
            for (int i = 0; i < parts.size(); i++) {
                results.take().get();
            }
        } catch (ExecutionException failure) {
            throw Refusal.in(failure).orElseGet(() -> new Refusal("The start failed: " + failure.getCause()));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.", 130);
        } finally {
            // Not interrupted: a part may be between the start of a process and its record.
            threads.shutdown();
        }
    }
}
