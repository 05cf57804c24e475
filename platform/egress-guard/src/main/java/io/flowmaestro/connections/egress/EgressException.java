package io.flowmaestro.connections.egress;

import org.jspecify.annotations.Nullable;

/** An outbound request that gave no answer. Its message is safe to show: it holds no upstream text and no address. */
public abstract sealed class EgressException extends RuntimeException permits EgressRefused, EgressFailure {

    EgressException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
