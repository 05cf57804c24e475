package io.flowmaestro.connections.local.account;

import io.flowmaestro.connections.local.home.Secrets;
import io.flowmaestro.connections.local.http.WholeAnswer;
import io.flowmaestro.connections.local.refusal.Refusal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Gets access tokens of the local accounts: a person's by the authorization code flow, the worker's by its own secret. */
public final class Tokens {
    private static final String CLIENT = "connections-ui";
    private static final String WORKER = "worker";
    private static final int MAX_REDIRECTS = 10;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI issuer;
    private final URI redirectUri;
    private final Secrets secrets;

    /**
     * @param issuer the local identity provider, for example {@code http://localhost:8085}
     * @param publicUrl the front door, for example {@code http://localhost:8080}
     */
    public Tokens(URI issuer, URI publicUrl, Secrets secrets) {
        this.issuer = issuer;
        this.redirectUri = publicUrl.resolve("/callback");
        this.secrets = secrets;
    }

    /** A fresh bearer token. */
    public String of(Account account) {
        try {
            return switch (account) {
                case ALICE, BOB, ADMIN -> byLogin(account.login());
                case WORKER -> byClientCredentials();
            };
        } catch (IOException failure) {
            throw new Refusal("The identity provider at " + issuer + " does not answer (" + failure
                    + "). See ./connections status.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted.", 130);
        }
    }

    private String byClientCredentials() throws IOException, InterruptedException {
        String basic = WORKER + ":" + secrets.clientSecret(WORKER);
        HttpRequest request = Form.post(issuer.resolve("/token"), Map.of("grant_type", "client_credentials"))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
                .build();
        return accessToken(send(client(), request));
    }

    private String byLogin(String login) throws IOException, InterruptedException {
        Pkce pkce = Pkce.fresh();
        String state = Pkce.random();
        HttpClient client = client();
        Page page = followed(client, get(authorization(pkce, state)));
        URI target = LoginPage.formTarget(page.uri(), page.body());
        HttpRequest submitted =
                Form.post(target, Map.of("login", login, "password", login)).build();
        URI callback = followed(client, submitted).uri();
        if (!Form.queryParameter(callback, "state").equals(Optional.of(state))) {
            throw new Refusal("The identity provider did not log " + login + " in. See ./connections logs identity.");
        }
        String code = Form.queryParameter(callback, "code")
                .orElseThrow(() -> new Refusal("The identity provider refused to log " + login + " in: "
                        + Form.queryParameter(callback, "error").orElse("no reason given")));
        return accessToken(send(client, exchange(code, pkce)));
    }

    private URI authorization(Pkce pkce, String state) {
        return issuer.resolve("/auth?"
                + Form.encoded(Map.of(
                        "response_type",
                        "code",
                        "client_id",
                        CLIENT,
                        "redirect_uri",
                        redirectUri.toString(),
                        "scope",
                        "openid email",
                        "state",
                        state,
                        "code_challenge",
                        pkce.challenge(),
                        "code_challenge_method",
                        "S256")));
    }

    private HttpRequest exchange(String code, Pkce pkce) {
        Map<String, String> fields = Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                CLIENT,
                "code",
                code,
                "redirect_uri",
                redirectUri.toString(),
                "code_verifier",
                pkce.verifier());
        return Form.post(issuer.resolve("/token"), fields).build();
    }

    /** Follows redirects as a browser does, but stops before the redirect URI: its request is never sent. */
    private Page followed(HttpClient client, HttpRequest first) throws IOException, InterruptedException {
        HttpRequest request = first;
        for (int i = 0; i < MAX_REDIRECTS; i++) {
            HttpResponse<String> response = send(client, request);
            Optional<URI> location = response.headers().firstValue("Location").map(request.uri()::resolve);
            if (location.isEmpty()) {
                return new Page(request.uri(), response.body());
            }
            if (location.get().toString().startsWith(redirectUri + "?")) {
                return new Page(location.get(), "");
            }
            request = get(location.get());
        }
        throw new Refusal("The identity provider redirects without end. See ./connections logs identity.");
    }

    private record Page(URI uri, String body) {}

    private static String accessToken(HttpResponse<String> response) {
        try {
            String token = new JsonObject(response.body()).getString("access_token");
            if (token != null) {
                return token;
            }
        } catch (DecodeException notJson) {
            // Told below: the answer itself may hold a secret and is not repeated.
        }
        throw new Refusal("The identity provider gave no token (HTTP " + response.statusCode()
                + "). See ./connections logs identity.");
    }

    private static HttpRequest get(URI uri) {
        return HttpRequest.newBuilder(uri).build();
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        HttpRequest limited = HttpRequest.newBuilder(request, (name, value) -> true)
                .timeout(TIMEOUT)
                .build();
        return WholeAnswer.to(limited, client);
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(TIMEOUT)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }
}
