package io.flowmaestro.connections.mcp.broker;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** @param refusedVersion of the credential that the server did not take; null where none was refused */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TokenRequest(@Nullable Long refusedVersion) {}
