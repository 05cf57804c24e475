package io.flowmaestro.connections.worker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Credentials that were handed out, for a short time, for each user and connection; and calls for one that are under way, so that
 * those who want the same one at the same time make one call. What was asked for before a refusal is never kept after it.
 */
final class CredentialMemory {

    private final Limits limits;
    private final InstantSource clock;
    private final Executor executor;
    private final Map<Place, Remembered> remembered;
    private final Map<Wanted, CompletableFuture<Credential>> flights = new HashMap<>();

    CredentialMemory(Limits limits, InstantSource clock, Executor executor) {
        this.limits = limits;
        this.clock = clock;
        this.executor = executor;
        this.remembered = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Place, Remembered> eldest) {
                return size() > limits.entries();
            }
        };
    }

    /**
     * @param entries credentials kept at once, the ones used last
     * @param maximumAge how long one is used without asking again; zero keeps nothing
     * @param margin how long before its end one is no longer used
     */
    record Limits(int entries, Duration maximumAge, Duration margin) {}

    record Place(UUID user, UUID connection) {}

    /** @param scopes that a token must have; empty for any */
    record Wanted(Place place, Set<String> scopes) {}

    private record Remembered(Credential credential, Instant until) {}

    /** The remembered one, that of a call under way, or that of a call that this starts. */
    Credential obtain(Wanted wanted, Supplier<Credential> ask) {
        CompletableFuture<Credential> flight;
        synchronized (this) {
            Optional<Credential> known = known(wanted.place()).filter(credential -> has(credential, wanted.scopes()));
            if (known.isPresent()) {
                return known.get();
            }
            flight = flights.get(wanted);
            if (flight == null) {
                CompletableFuture<Credential> started = new CompletableFuture<>();
                // It goes on when the caller who came first is interrupted: the others wait for it, too.
                executor.execute(() -> fly(wanted, started, ask));
                flights.put(wanted, started);
                flight = started;
            }
        }
        return result(flight);
    }

    /** Empty when there is none, or none that may still be used. */
    synchronized Optional<Credential> known(Place place) {
        return Optional.ofNullable(remembered.get(place))
                .filter(entry -> clock.instant().isBefore(entry.until()))
                .map(Remembered::credential);
    }

    /** Nothing that is known now, or was asked for already, is given to anybody who comes later. */
    synchronized void forget(Place place) {
        remembered.remove(place);
        flights.keySet().removeIf(wanted -> wanted.place().equals(place));
    }

    /** How many are held, whether or not they may still be used. */
    synchronized int size() {
        return remembered.size();
    }

    private void fly(Wanted wanted, CompletableFuture<Credential> flight, Supplier<Credential> ask) {
        try {
            Credential credential = ask.get();
            land(wanted, flight, Optional.of(credential));
            flight.complete(credential);
        } catch (RuntimeException | Error failure) {
            land(wanted, flight, Optional.empty());
            flight.completeExceptionally(failure);
        }
    }

    private synchronized void land(
            Wanted wanted, CompletableFuture<Credential> flight, Optional<Credential> credential) {
        if (flights.remove(wanted, flight)) {
            credential.ifPresent(found -> keep(wanted.place(), found));
        }
    }

    /** Also drops what is over: a credential that nobody asks for again must not stay in memory. */
    private void keep(Place place, Credential credential) {
        Instant now = clock.instant();
        remembered.values().removeIf(entry -> !now.isBefore(entry.until()));
        Instant oldest = now.plus(limits.maximumAge());
        Instant until = credential
                .expiresAt()
                .map(end -> end.minus(limits.margin()))
                .filter(end -> end.isBefore(oldest))
                .orElse(oldest);
        if (now.isBefore(until)) {
            remembered.put(place, new Remembered(credential, until));
        }
    }

    private static boolean has(Credential credential, Set<String> scopes) {
        return scopes.isEmpty()
                || (credential instanceof Credential.OAuth2 oauth
                        && oauth.scope().containsAll(scopes));
    }

    private static Credential result(CompletableFuture<Credential> flight) {
        try {
            return flight.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw UnreachableException.interrupted();
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException known ? known : new IllegalStateException(failure);
        }
    }
}
