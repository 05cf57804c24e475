package io.flowmaestro.connections.oauth.registry;

record RenewClaimWire(long credentialGeneration, long claimSeconds) {}
