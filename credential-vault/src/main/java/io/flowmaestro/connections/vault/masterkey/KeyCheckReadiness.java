package io.flowmaestro.connections.vault.masterkey;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only while every key in force is here; until then the process lives and waits. */
@Readiness
@ApplicationScoped
class KeyCheckReadiness implements HealthCheck {

    private final KeyGate gate;

    KeyCheckReadiness(KeyGate gate) {
        this.gate = gate;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("key-check");
        return switch (gate.state()) {
            case GateState.Open _ -> response.up().build();
            case GateState.Pending _ ->
                response.down()
                        .withData("reason", "waiting for PostgreSQL, or for the key management service")
                        .build();
            case GateState.Behind(var reason) ->
                response.down().withData("reason", reason).build();
            case GateState.Refused _ ->
                response.down()
                        .withData("reason", "ENCRYPTION_KEY is not this database's key")
                        .build();
        };
    }
}
