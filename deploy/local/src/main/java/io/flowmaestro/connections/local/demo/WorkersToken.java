package io.flowmaestro.connections.local.demo;

import java.net.http.HttpClient;
import java.util.UUID;

/**
 * An access token that a worker got, after it was tried at the provider.
 *
 * @param subjectAtProvider whose the provider says it is
 */
record WorkersToken(String accessToken, String subjectAtProvider) {
    private static final int ATTEMPTS = 4;
    private static final int BETWEEN_ATTEMPTS_MILLIS = 1000;

    static WorkersToken fetch(Stage stage, UUID connection) {
        Answer answer = stage.api()
                .post(stage.workerForAlice(), "/api/credentials/" + connection)
                .expect(200);
        String token = answer.data().getString("access_token", "");
        StepFailed.unless(!token.isEmpty(), "the credential has no access_token");
        try (HttpClient client = HttpClient.newHttpClient()) {
            Api provider = new Api(stage.suite().ports().demoUrl(), client);
            Answer me = provider.get(Caller.of("the worker at the provider", token), "/me")
                    .expect(200);
            return new WorkersToken(token, String.valueOf(me.json().getString("sub")));
        }
    }

    /**
     * While the old token still lives, a caller may be given it rather than wait long for a slow provider: the refresh
     * then goes on behind its back, and one of the next calls gets the new one.
     */
    static WorkersToken newerThan(WorkersToken old, Stage stage, UUID connection) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            WorkersToken token = fetch(stage, connection);
            if (!token.accessToken().equals(old.accessToken())) {
                return token;
            }
            Waiting.millis(BETWEEN_ATTEMPTS_MILLIS);
        }
        throw new StepFailed("the worker keeps getting the old token");
    }

    @Override
    public String toString() {
        return "WorkersToken[…]";
    }
}
