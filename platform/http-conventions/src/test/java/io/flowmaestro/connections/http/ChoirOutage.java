package io.flowmaestro.connections.http;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

@ApplicationScoped
class ChoirOutage implements Outage {

    @Override
    public Optional<String> of(Throwable failure) {
        return failure instanceof AwayException ? Optional.of("the choir") : Optional.empty();
    }
}
