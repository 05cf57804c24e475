package io.flowmaestro.connections.vault.masterkey;

import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.context.ApplicationScoped;

/** Ends the process in an orderly way, with an exit code that says failure. */
@ApplicationScoped
class Termination {

    void exit() {
        Quarkus.asyncExit(1);
    }
}
