package io.flowmaestro.connections.vault.kms.google;

import com.google.auth.oauth2.GoogleCredentials;
import io.flowmaestro.connections.vault.kms.KmsFailure;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * As whom the vault speaks to Google. The library finds and renews the tokens; it blocks, so it works on a worker thread. The
 * tokens are its strings, which nobody can wipe.
 */
class GoogleLogin {

    private static final String SCOPE = "https://www.googleapis.com/auth/cloudkms";

    private final Optional<Path> file;
    private @Nullable GoogleCredentials credentials;

    GoogleLogin(Optional<Path> file) {
        this.file = file;
    }

    /** The headers that prove who asks. */
    Uni<Map<String, String>> headers(URI address) {
        return Uni.createFrom().item(() -> request(address)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Map<String, String> request(URI address) {
        try {
            var headers = new HashMap<String, String>();
            credentials().getRequestMetadata(address).forEach((name, values) -> headers.put(name, values.getFirst()));
            return headers;
        } catch (IOException failure) {
            throw translate(failure);
        }
    }

    private synchronized GoogleCredentials credentials() throws IOException {
        var loaded = credentials;
        if (loaded == null) {
            // The library would try again for longer than anyone waits here; the caller tries again already.
            loaded = load().createScoped(SCOPE).createWithCustomRetryStrategy(false);
            credentials = loaded;
        }
        return loaded;
    }

    private GoogleCredentials load() throws IOException {
        if (file.isEmpty()) {
            return GoogleCredentials.getApplicationDefault();
        }
        try (var content = Files.newInputStream(file.get())) {
            return GoogleCredentials.fromStream(content);
        }
    }

    /** The message is not passed on: it may quote the answer, or the file. */
    private static KmsFailure translate(IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ConnectException _ -> {
                    return unreachable(cause);
                }
                case UnknownHostException _ -> {
                    return unreachable(cause);
                }
                case SocketException _ -> {
                    return unreachable(cause);
                }
                case SocketTimeoutException _ -> {
                    return unreachable(cause);
                }
                default -> {}
            }
        }
        return new KmsFailure(
                KmsFailure.Kind.REFUSED,
                ("Google gives no access token (%s): let GOOGLE_APPLICATION_CREDENTIALS name a valid "
                                + "credentials file, or run the vault as a service account.")
                        .formatted(failure.getClass().getSimpleName()));
    }

    private static KmsFailure unreachable(Throwable cause) {
        return new KmsFailure(
                KmsFailure.Kind.UNREACHABLE,
                "No connection to the server that issues access tokens (%s)."
                        .formatted(cause.getClass().getSimpleName()));
    }
}
