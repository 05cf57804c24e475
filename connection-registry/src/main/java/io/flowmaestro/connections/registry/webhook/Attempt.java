package io.flowmaestro.connections.registry.webhook;

import io.flowmaestro.connections.egress.EgressFailure;
import io.flowmaestro.connections.egress.EgressRefused;
import org.jspecify.annotations.Nullable;

/** How one attempt to deliver went. */
sealed interface Attempt {

    /** The receiver has it. */
    record Received(int status) implements Attempt {}

    /** Once more, later. */
    record Missed(@Nullable Integer status, String error) implements Attempt {}

    /** Never again: the receiver or the webhook is gone. */
    record Gone(@Nullable Integer status, String error) implements Attempt {}

    /** Nothing is known of the receiver: the attempt does not count. */
    record NotMade() implements Attempt {}

    static Attempt of(int status) {
        if (status >= 200 && status < 300) {
            return new Received(status);
        }
        return status == 410
                ? new Gone(status, "the receiver said that it is gone")
                : new Missed(status, "the receiver answered " + status);
    }

    static Attempt of(Throwable failure) {
        return switch (failure) {
            case EgressRefused refused -> new Missed(null, cut(refused.getMessage()));
            case EgressFailure unreachable -> new Missed(null, cut(unreachable.getMessage()));
            case WebhookSecrets.Unopenable lost ->
                new Missed(null, "the webhook's secret does not open any more; make the webhook anew");
            default -> new NotMade();
        };
    }

    private static String cut(@Nullable String message) {
        String text = String.valueOf(message);
        return text.length() > 255 ? text.substring(0, 255) : text;
    }
}
