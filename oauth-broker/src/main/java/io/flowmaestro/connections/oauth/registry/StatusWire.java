package io.flowmaestro.connections.oauth.registry;

record StatusWire(String status, String statusReason, long expectedCredentialGeneration) {}
