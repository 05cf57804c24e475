package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;

/** Templates of the two halves of HTTP Basic. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BasicPair(String user, String pass) {}
