package io.flowmaestro.connections.vault.masterkey;

/** Whether the vault may work. */
sealed interface GateState {

    /** The key was not compared yet: the database could not be asked. */
    record Pending() implements GateState {}

    record Open(VerifiedKey key) implements GateState {}

    /** The key is another one; the process is on its way out. */
    record Refused() implements GateState {}
}
