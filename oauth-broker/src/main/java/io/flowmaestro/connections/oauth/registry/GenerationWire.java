package io.flowmaestro.connections.oauth.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

@JsonIgnoreProperties(ignoreUnknown = true)
record GenerationWire(long credentialGeneration) {}
