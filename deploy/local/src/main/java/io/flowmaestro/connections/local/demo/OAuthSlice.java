package io.flowmaestro.connections.local.demo;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.UUID;
import java.util.function.Function;

/** An OAuth connection: made in a browser, used, refreshed when due, and used again. */
final class OAuthSlice implements Slice {
    /** The demo provider gives an account named so tokens that live 20 s, so a refresh is due after 10 s. */
    private static final String LOGIN = "alice+20s";

    private static final int UNTIL_DUE_MILLIS = 11_000;

    @Override
    public String title() {
        return "OAuth 2.0: consented to, used, refreshed when due";
    }

    @Override
    public void run(Stage stage) {
        UUID id = connect(stage);
        WorkersToken first = use(stage, id, "a worker acting for alice asks for a token, and uses it at the provider");
        StoredConnection before = stage.database().connection(id);
        stage.transcript()
                .step(
                        "half of the token's life passes",
                        () -> {
                            Waiting.millis(UNTIL_DUE_MILLIS);
                            return UNTIL_DUE_MILLIS / 1000;
                        },
                        seconds -> seconds + " s later it is within its refresh margin");
        stage.transcript().step("the worker asks again", () -> WorkersToken.newerThan(first, stage, id), shown(stage));
        rotated(stage, id, before);
        useOn(stage, id);
    }

    private static UUID connect(Stage stage) {
        Browser browser = new Browser();
        JsonObject flow = stage.transcript()
                .step(
                        "alice starts a flow for the provider demo",
                        () -> stage.api()
                                .through(browser)
                                .get(stage.alice(), "/api/oauth/demo/authorize")
                                .expect(200)
                                .data(),
                        data -> "200, flow " + data.getString("flow_id") + ", to "
                                + withoutQuery(URI.create(data.getString("auth_url"))));
        Page callback = stage.transcript()
                .step(
                        "in the browser: she signs in at the provider as " + LOGIN + ", allows access, and returns",
                        () -> consent(browser, URI.create(flow.getString("auth_url"))),
                        page -> page.status() + " at " + withoutQuery(page.uri()));
        StepFailed.unless(callback.status() == 200, "the callback answered " + callback.status());
        return stage.transcript()
                .step(
                        "alice asks what became of the flow",
                        () -> finished(stage, flow.getString("flow_id")),
                        id -> "succeeded: connection " + id + ", oauth2, active");
    }

    private static Page consent(Browser browser, URI authorization) {
        Page login = browser.open(authorization);
        Page consent = browser.submit(login, "login", LOGIN);
        return browser.submit(consent, "decision", "allow");
    }

    private static UUID finished(Stage stage, String flowId) {
        JsonObject flow = stage.api()
                .get(stage.alice(), "/api/oauth/flows/" + flowId)
                .expect(200)
                .data();
        StepFailed.unless("succeeded".equals(flow.getString("status")), "the flow is " + flow.getString("status"));
        UUID id = UUID.fromString(flow.getString("connection_id"));
        stage.connections().remember(id);
        JsonObject connection = stage.api()
                .get(stage.alice(), "/api/connections/" + id)
                .expect(200)
                .data();
        StepFailed.unless("active".equals(connection.getString("status")), "the connection is not active");
        StepFailed.unless("oauth2".equals(connection.getString("connection_method")), "the method is not oauth2");
        return id;
    }

    private static WorkersToken use(Stage stage, UUID id, String title) {
        return stage.transcript().step(title, () -> WorkersToken.fetch(stage, id), shown(stage));
    }

    private static Function<WorkersToken, String> shown(Stage stage) {
        return token -> "200, access_token " + Masked.secret(token.accessToken()) + "\nGET "
                + stage.suite().ports().demoUrl() + "/me with it: 200, signed in as " + token.subjectAtProvider();
    }

    private static void rotated(Stage stage, UUID id, StoredConnection before) {
        stage.transcript()
                .step(
                        "PostgreSQL holds the new tokens, the rotated refresh token among them",
                        () -> {
                            StoredConnection after = stage.database().connection(id);
                            StepFailed.unless(
                                    after.credentialGeneration() == before.credentialGeneration() + 1,
                                    "credential_generation went from " + before.credentialGeneration() + " to "
                                            + after.credentialGeneration());
                            StepFailed.unless(!after.data().equals(before.data()), "the envelope is still the old one");
                            SealedData.read(after.data());
                            return after;
                        },
                        after -> "a new envelope, credential_generation " + before.credentialGeneration() + " → "
                                + after.credentialGeneration());
    }

    /** The provider revokes the whole family when an old refresh token comes back: that these succeed shows it did not. */
    private static void useOn(Stage stage, UUID id) {
        stage.transcript()
                .step(
                        "alice refreshes by hand: the provider takes the rotated refresh token",
                        () -> stage.api()
                                .post(stage.alice(), "/api/oauth/demo/refresh/" + id)
                                .expect(200),
                        Answer::summary);
        use(stage, id, "the worker asks once more: the old refresh token was never used again, so the grant lives");
    }

    private static String withoutQuery(URI uri) {
        return "http://" + uri.getAuthority() + uri.getPath();
    }
}
