package io.flowmaestro.connections.mcp.endpoint.listening;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** How much of what a client wants the updates of is kept for it: an address may be as long as a request. */
@ApplicationScoped
public class SubscriptionBounds {

    /** All addresses of one client together. */
    private static final int MOST_CHARACTERS = 16_384;

    private final int most;

    SubscriptionBounds(StreamSettings settings) {
        this.most = settings.mostSubscriptions();
    }

    /** What to tell the client when these are too many, or too long. */
    public Optional<String> exceededBy(Set<String> uris) {
        if (uris.size() > most) {
            return Optional.of(
                    "At most " + most + " resources can be subscribed to. Unsubscribe from some of them first.");
        }
        return uris.stream().mapToLong(String::length).sum() > MOST_CHARACTERS
                ? Optional.of("The addresses of the resources that are subscribed to may have " + MOST_CHARACTERS
                        + " characters together. Unsubscribe from some of them first.")
                : Optional.empty();
    }
}
