package io.flowmaestro.connections.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;

/** Reads one request's body whole, as long as it stays within a limit, and lets the request go on with it. */
final class CollectedBody {
    private final RoutingContext context;
    private final long limit;
    private final Buffer body = Buffer.buffer();
    private boolean refused;

    CollectedBody(RoutingContext context, long limit) {
        this.context = context;
        this.limit = limit;
    }

    void collect() {
        context.request().handler(this::add).endHandler(_ -> goOn());
        if (context.request().headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
            context.response().writeContinue();
        }
    }

    /** What comes after the refusal, until the connection is closed, is dropped. */
    private void add(Buffer part) {
        if (refused) {
            return;
        }
        if (body.length() + part.length() > limit) {
            refused = true;
            BareAnswers.refuseBody(context);
        } else {
            body.appendBuffer(part);
        }
    }

    private void goOn() {
        if (!refused) {
            ((RoutingContextInternal) context).setBody(body);
            context.next();
        }
    }
}
