package io.flowmaestro.connections.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.worker.Retries.Repeat;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/** Calls of the suite, with the worker's token and the one user that it acts for. */
final class Calls {

    private static final int UNAUTHORIZED = 401;

    private final Exchange exchange;
    private final TokenSupplier tokens;
    private final ProblemReader reader;
    private final Retries retries;

    Calls(Exchange exchange, TokenSupplier tokens, ProblemReader reader, Retries retries) {
        this.exchange = exchange;
        this.tokens = tokens;
        this.reader = reader;
        this.retries = retries;
    }

    /** @param timeout of one try */
    record Call(URI target, UUID user, JsonNode body, Duration timeout, Repeat repeat) {

        /** Without the body. */
        @Override
        public String toString() {
            return "POST " + target.getRawPath();
        }
    }

    /** The {@code data} of the answer. */
    JsonNode data(Call call) {
        return retries.run(call.repeat(), () -> reader.data(call.toString(), authorized(call)));
    }

    /** A 401 says that nothing ran: once more with another token, if the supplier has one. */
    private Answer authorized(Call call) {
        String token = supplied(tokens::token);
        Answer answer = exchange.send(request(call, token));
        if (answer.status() != UNAUTHORIZED) {
            return answer;
        }
        String next = supplied(() -> {
            tokens.refused(token);
            return tokens.token();
        });
        return next.equals(token) ? answer : exchange.send(request(call, next));
    }

    /** Without one, nothing of the call is sent; and after a 401 nothing of it ran. */
    private static String supplied(Supplier<String> token) {
        try {
            return token.get();
        } catch (ConnectionsException failure) {
            throw failure.beforeTheCall();
        }
    }

    private static HttpRequest request(Call call, String token) {
        return HttpRequest.newBuilder(call.target())
                .timeout(call.timeout())
                .header("Authorization", "Bearer " + token)
                .header("X-On-Behalf-Of", call.user().toString())
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(call.body().toString()))
                .build();
    }
}
