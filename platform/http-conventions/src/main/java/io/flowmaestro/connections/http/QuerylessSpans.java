package io.flowmaestro.connections.http;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;

/**
 * Takes the query out of every span as it starts: it may hold the code and state of an OAuth callback, an MCP server's address
 * with its key, or what somebody searches for. That there was one still shows, and so does the path. Called for recorded spans
 * alone, so that it costs nothing where none are.
 */
@Singleton
class QuerylessSpans implements SpanProcessor {

    /** Of requests that a service answers. */
    private static final AttributeKey<String> QUERY = AttributeKey.stringKey("url.query");
    /** Of requests that a service makes. */
    private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("url.full");

    private static final String HIDDEN = "***";

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        if (span.getAttribute(QUERY) != null) {
            span.setAttribute(QUERY, HIDDEN);
        }
        String address = span.getAttribute(ADDRESS);
        if (address != null && address.indexOf('?') >= 0) {
            span.setAttribute(ADDRESS, address.substring(0, address.indexOf('?') + 1) + HIDDEN);
        }
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
