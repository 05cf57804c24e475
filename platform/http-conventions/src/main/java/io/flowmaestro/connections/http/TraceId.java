package io.flowmaestro.connections.http;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;

/** The W3C trace id of the request in hand, 32 hexadecimal digits; all zeroes outside a request. */
public final class TraceId {

    private TraceId() {}

    public static String current() {
        SpanContext context = Span.current().getSpanContext();
        return context.getTraceId();
    }
}
