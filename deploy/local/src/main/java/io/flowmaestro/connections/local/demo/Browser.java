package io.flowmaestro.connections.local.demo;

import io.flowmaestro.connections.local.http.WholeAnswer;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** A person's browser, scripted: one cookie jar, redirects followed, forms sent. */
final class Browser {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_REDIRECTS = 10;

    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    HttpClient client() {
        return client;
    }

    Page open(URI target) {
        return follow(HttpRequest.newBuilder(target));
    }

    /** Fills one field of the page's form and sends it. */
    Page submit(Page page, String field, String value) {
        page.requireField(field);
        return follow(HttpRequest.newBuilder(page.formTarget())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(field + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8))));
    }

    private Page follow(HttpRequest.Builder first) {
        HttpRequest request = first.timeout(TIMEOUT).build();
        for (int i = 0; i < MAX_REDIRECTS; i++) {
            HttpResponse<String> response = send(request);
            Optional<URI> location = response.headers().firstValue("Location").map(request.uri()::resolve);
            if (location.isEmpty()) {
                return new Page(request.uri(), response.statusCode(), response.body());
            }
            request = HttpRequest.newBuilder(location.get()).timeout(TIMEOUT).build();
        }
        throw new StepFailed(
                "the browser was redirected without end by " + request.uri().getAuthority());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return WholeAnswer.to(request, client);
        } catch (IOException failure) {
            throw new StepFailed("no answer from " + request.uri().getAuthority() + " (" + failure + ")");
        } catch (InterruptedException interrupted) {
            throw Interruption.failure();
        }
    }
}
