package io.flowmaestro.connections.egress;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.compression.DecompressionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Sorts the transport's exceptions into the few kinds that callers tell apart. */
final class FailureKinds {

    private FailureKinds() {}

    static EgressFailure.Kind of(@Nullable Throwable failure) {
        // The certificate error sits below "SSL handshake failed", the codec's below a decoder exception.
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case EgressFailure known -> {
                    return known.kind();
                }
                case TooLongFrameException _ -> {
                    return EgressFailure.Kind.TOO_LARGE;
                }
                case SSLException _ -> {
                    return EgressFailure.Kind.TLS;
                }
                case TimeoutException _ -> {
                    return EgressFailure.Kind.TIMEOUT;
                }
                case DecompressionException _ -> {
                    return EgressFailure.Kind.PROTOCOL;
                }
                case IllegalArgumentException _ -> {
                    return EgressFailure.Kind.PROTOCOL;
                }
                case DecoderException decoder
                when decoder.getCause() == null -> {
                    return EgressFailure.Kind.PROTOCOL;
                }
                default -> {}
            }
        }
        return EgressFailure.Kind.UNREACHABLE;
    }
}
