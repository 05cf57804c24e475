package io.flowmaestro.connections.local.demo;

import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** An API key: stored sealed, used by a worker, hidden from everybody else. */
final class ApiKeySlice implements Slice {
    @Override
    public String title() {
        return "API key: stored, sealed, used by a worker";
    }

    @Override
    public void run(Stage stage) {
        String key = "sk-demo-" + UUID.randomUUID();
        UUID id = create(stage, key);
        lookAtTheRow(stage, id, key);
        readAsAlice(stage, id, key);
        useAsWorker(stage, id, key);
        lookFromElsewhere(stage, id);
        askAsUser(stage, id);
    }

    private static UUID create(Stage stage, String key) {
        Answer created = stage.transcript()
                .step(
                        "alice creates an api_key connection for openai with the key " + Masked.secret(key),
                        () -> stage.connections()
                                .create("Demo: OpenAI", "api_key", "openai", new JsonObject().put("api_key", key)),
                        answer -> "201, connection " + answer.data().getString("id") + ", "
                                + answer.data().getString("status"));
        carriesNothing(created, key);
        return AlicesConnections.idOf(created);
    }

    private static void lookAtTheRow(Stage stage, UUID id, String key) {
        stage.transcript()
                .step(
                        "PostgreSQL holds an envelope for it, and the key nowhere in it",
                        () -> {
                            String data = stage.database().connection(id).data();
                            StepFailed.unless(!new Traces(key).in(data), "the stored data contains the key");
                            return SealedData.read(data);
                        },
                        envelope -> "AES-256-GCM envelope, format 1: 12-byte nonce, 16-byte tag, "
                                + envelope.ciphertextBytes() + " bytes of ciphertext, data key " + envelope.keyId()
                                + " version " + envelope.keyVersion());
    }

    private static void readAsAlice(Stage stage, UUID id, String key) {
        stage.transcript()
                .step(
                        "alice gets and lists it: neither answer carries data",
                        () -> {
                            Answer one = stage.api()
                                    .get(stage.alice(), "/api/connections/" + id)
                                    .expect(200);
                            carriesNothing(one, key);
                            Answer list = stage.api()
                                    .get(stage.alice(), "/api/connections?provider=openai")
                                    .expect(200);
                            StepFailed.unless(
                                    list.text().contains(id.toString()), "the list does not name the connection");
                            StepFailed.unless(!new Traces(key).in(list.text()), "the list contains the key");
                            list.json().getJsonArray("data").stream()
                                    .map(JsonObject.class::cast)
                                    .forEach(ApiKeySlice::hasNoData);
                            return one;
                        },
                        one -> "200, fields " + String.join(", ", one.data().fieldNames()));
    }

    private static void useAsWorker(Stage stage, UUID id, String key) {
        stage.transcript()
                .step(
                        "a worker acting for alice asks for the credential",
                        () -> {
                            Answer answer = credential(stage, stage.workerForAlice(), id)
                                    .expect(200);
                            StepFailed.unless(
                                    key.equals(answer.data().getString("api_key")), "the worker got another key");
                            StepFailed.unless(answer.cacheControl().contains("no-store"), "the answer may be cached");
                            return answer;
                        },
                        answer -> "200 (" + answer.cacheControl() + "), type "
                                + answer.data().getString("type") + ", api_key "
                                + Masked.secret(answer.data().getString("api_key")) + ": the very key");
    }

    private static void lookFromElsewhere(Stage stage, UUID id) {
        UUID missing = UUID.randomUUID();
        Caller workerForBob = stage.worker().actingFor(stage.bob());
        stage.transcript()
                .step(
                        "bob, and a worker acting for bob, cannot tell it from an id that does not exist",
                        () -> {
                            same(
                                    stage.api().get(stage.bob(), "/api/connections/" + id),
                                    stage.api().get(stage.bob(), "/api/connections/" + missing));
                            return same(credential(stage, workerForBob, id), credential(stage, workerForBob, missing));
                        },
                        answer -> answer.summary() + " (the same for both, four times)");
    }

    private static void askAsUser(Stage stage, UUID id) {
        stage.transcript()
                .step(
                        "alice herself asks for the credential",
                        () -> {
                            Answer existing =
                                    credential(stage, stage.alice(), id).expect(403);
                            StepFailed.unless(
                                    existing.comparable()
                                            .equals(credential(stage, stage.alice(), UUID.randomUUID())
                                                    .comparable()),
                                    "a user can tell an id that exists from one that does not");
                            return existing;
                        },
                        Answer::summary);
    }

    private static Answer credential(Stage stage, Caller caller, UUID id) {
        return stage.api().post(caller, "/api/credentials/" + id);
    }

    private static Answer same(Answer foreign, Answer missing) {
        foreign.expect(404);
        missing.expect(404);
        StepFailed.unless(
                foreign.comparable().equals(missing.comparable()),
                foreign.call() + " answers differently for a foreign id and for a missing one");
        return foreign;
    }

    private static void carriesNothing(Answer answer, String key) {
        StepFailed.unless(!new Traces(key).in(answer.text()), answer.call() + " answered with the key");
        hasNoData(answer.data());
    }

    private static void hasNoData(JsonObject connection) {
        StepFailed.unless(!connection.containsKey("data"), "a connection is shown with its data");
    }
}
