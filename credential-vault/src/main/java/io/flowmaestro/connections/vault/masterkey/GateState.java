package io.flowmaestro.connections.vault.masterkey;

/** Whether the vault may work. */
sealed interface GateState {

    /** The keys were not compared yet: the database, or a key management service, could not be asked. */
    record Pending() implements GateState {}

    record Open(VerifiedKeys keys) implements GateState {}

    /** A key that is in force is not here; the replica is of no use until it is, and says so. */
    record Behind(String reason) implements GateState {}

    /** The key is another one; the process is on its way out. */
    record Refused() implements GateState {}
}
