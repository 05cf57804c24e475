package io.flowmaestro.connections.emulator;

/** The client as the provider has it registered. */
public record EmulatedClient(String id, String secret, String redirectUri) {}
