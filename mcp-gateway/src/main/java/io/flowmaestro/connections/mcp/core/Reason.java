package io.flowmaestro.connections.mcp.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Why an MCP server gave no usable answer. */
public sealed interface Reason {

    /** The address may not be called; the message is for the user. */
    record UrlRefused(String message) implements Reason {}

    /** The operator does not permit the host; the message is for the user. */
    record HostForbidden(String message) implements Reason {}

    /** No connection, or a broken one. */
    record Unreachable(String what) implements Reason {}

    /** The user's own calls to its host take all the places that one user may have; nothing was sent. */
    record FullOfOwnCalls() implements Reason {}

    /** Longer than the connection's timeout. */
    record TimedOut() implements Reason {}

    /** 401 or 403. */
    record Unauthorized(int status) implements Reason {}

    /** 403, and the server says which scopes the token lacks. */
    record ScopesMissing(List<String> scopes) implements Reason {}

    /** Not what MCP prescribes; says what, in words of our own. */
    record Protocol(String what) implements Reason {}

    /** A JSON-RPC error in answer to our request, with the error as it came. */
    record Rejected(long code, ObjectNode error) implements Reason {}

    /** Nothing of the era that was tried is at this address; the request was not carried out. */
    record NoEndpoint(int status) implements Reason {}

    /** It speaks MCP, and none of the revisions of the era that was tried. */
    record OtherEra() implements Reason {}

    /** 429: it takes no more requests for now, and has not carried this one out. */
    record Busy(Optional<Duration> retryAfter) implements Reason {}

    /** An error status of its own, 5xx; with the time after which it wants to be asked again, if it says so. */
    record ServerBroken(int status, Optional<Duration> retryAfter) implements Reason {}

    /** The server wants to know something in between that nobody here can tell it. */
    record InputRequired(String method) implements Reason {}

    /** JSON-RPC error -32602 in answer to a tool call. */
    record ParametersRefused() implements Reason {}

    /** The server no longer knows the session; the request was not carried out. */
    record SessionLost() implements Reason {}

    /** It tells of no changes while no call is under way. */
    record NothingTold() implements Reason {}

    /** The server offers no tool of this name. */
    record ToolMissing(String tool) implements Reason {}
}
