package io.flowmaestro.connections.oauth.registry;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/** The suite's success wrapper, as far as it is read. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Answer<T>(T data) {}
