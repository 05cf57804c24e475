package io.flowmaestro.connections.vault.kms;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;

/**
 * Posts JSON to a key management service that the operator named. Redirects are not followed, answers are bounded; time is
 * bounded by {@link KmsCall}, whose end drops the connection. Failures are {@link KmsFailure}.
 */
public final class KmsHttp {

    /** Far above what any wrapped or unwrapped data key takes. */
    public static final int LARGEST_ANSWER = 64 * 1024;

    public static final int CONNECT_MILLIS = 2_000;

    private final HttpClient http;

    public KmsHttp(Vertx vertx, Optional<Path> trusted) {
        var options = new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxPoolSize(8)
                .setMaxWaitQueueSize(256)
                .setMaxHeaderSize(16 * 1024)
                // Our trace ids are not the service's business.
                .setTracingPolicy(TracingPolicy.IGNORE);
        trusted.ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        this.http = vertx.createHttpClient(options);
    }

    public Uni<KmsAnswer> post(URI address, Map<String, String> headers, JsonObject body) {
        return Uni.createFrom()
                .emitter(emitter -> http.request(options(address, headers))
                        .onSuccess(request -> send(request, body.toBuffer(), emitter))
                        .onFailure(cause -> emitter.fail(failure(cause))));
    }

    private static RequestOptions options(URI address, Map<String, String> headers) {
        var tls = "https".equals(address.getScheme());
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(address.getHost())
                .setPort(address.getPort() < 0 ? (tls ? 443 : 80) : address.getPort())
                .setSsl(tls)
                .setURI(address.getRawPath())
                .setFollowRedirects(false)
                .putHeader("Content-Type", "application/json")
                .putHeader("Accept", "application/json");
        headers.forEach(options::putHeader);
        return options;
    }

    private static void send(HttpClientRequest request, Buffer body, UniEmitter<? super KmsAnswer> emitter) {
        var complete = new AtomicBoolean();
        emitter.onTermination(() -> {
            if (!complete.get()) {
                request.reset();
            }
        });
        request.send(body)
                .compose(response -> collect(response, complete))
                .onSuccess(emitter::complete)
                .onFailure(cause -> emitter.fail(failure(cause)));
    }

    /** From the last byte on the connection is back in the pool, where it must not be torn down. */
    private static Future<KmsAnswer> collect(HttpClientResponse response, AtomicBoolean complete) {
        Promise<KmsAnswer> answer = Promise.promise();
        var body = Buffer.buffer();
        response.exceptionHandler(answer::tryFail)
                .handler(chunk -> {
                    if (body.length() + chunk.length() > LARGEST_ANSWER) {
                        answer.tryFail(tooLarge());
                    } else {
                        body.appendBuffer(chunk);
                    }
                })
                .endHandler(_ -> {
                    complete.set(true);
                    answer.tryComplete(new KmsAnswer(response.statusCode(), body));
                });
        return answer.future();
    }

    public static KmsFailure tooLarge() {
        return new KmsFailure(
                KmsFailure.Kind.BAD_ANSWER, "Its answer is larger than %d bytes.".formatted(LARGEST_ANSWER));
    }

    /** Names the kind of the failure, whose own message may hold more than a log should. */
    private static KmsFailure failure(Throwable failure) {
        if (failure instanceof KmsFailure known) {
            return known;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return new KmsFailure(
                        KmsFailure.Kind.TLS, "Its certificate or protocol is not trusted; check its CA and its name.");
            }
        }
        return new KmsFailure(
                KmsFailure.Kind.UNREACHABLE,
                "No connection (%s).".formatted(failure.getClass().getSimpleName()));
    }
}
