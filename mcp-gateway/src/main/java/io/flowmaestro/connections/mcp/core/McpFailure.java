package io.flowmaestro.connections.mcp.core;

import io.flowmaestro.connections.egress.EgressException;
import io.flowmaestro.connections.egress.EgressFailure;
import io.flowmaestro.connections.egress.EgressRefused;
import io.flowmaestro.connections.egress.Refusal;
import io.flowmaestro.connections.mcp.jsonrpc.MalformedMessage;
import io.flowmaestro.connections.mcp.sse.EventTooLarge;

/** A call of an MCP server that failed. An expected outcome, hence without a stack. */
public final class McpFailure extends RuntimeException {

    private final transient Reason reason;

    public McpFailure(Reason reason) {
        super(reason.getClass().getSimpleName(), null, false, false);
        this.reason = reason;
    }

    public static McpFailure protocol(String what) {
        return new McpFailure(new Reason.Protocol(what));
    }

    public Reason reason() {
        return reason;
    }

    /** Whether it is a failure of ours for that reason. */
    public static boolean is(Throwable failure, Class<? extends Reason> reason) {
        return failure instanceof McpFailure known && reason.isInstance(known.reason);
    }

    /** Sorts what the layers below may throw; anything else is a defect of ours and passes unchanged. */
    public static Throwable of(Throwable failure) {
        return switch (failure) {
            case EgressException egress -> new McpFailure(reason(egress));
            case MalformedMessage malformed -> protocol(malformed.what());
            case EventTooLarge _ -> protocol("an event is larger than allowed");
            default -> failure;
        };
    }

    private static Reason reason(EgressException failure) {
        return switch (failure) {
            case EgressRefused refused ->
                refused.reason() instanceof Refusal.NotPermitted forbidden
                        ? new Reason.HostForbidden(forbidden.message())
                        : new Reason.UrlRefused(refused.reason().message());
            case EgressFailure full when full.isFullOfOwnCalls() -> new Reason.FullOfOwnCalls();
            case EgressFailure broken ->
                switch (broken.kind()) {
                    case UNREACHABLE -> new Reason.Unreachable("it does not accept the connection, or broke it");
                    case TLS -> new Reason.Unreachable("its TLS certificate or protocol was refused");
                    case TIMEOUT -> new Reason.TimedOut();
                    case TOO_LARGE -> new Reason.Protocol("an answer is larger than allowed");
                    case PROTOCOL -> new Reason.Protocol("an answer is not valid HTTP");
                };
        };
    }
}
