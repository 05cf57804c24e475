package io.flowmaestro.connections.local.command;

import io.flowmaestro.connections.local.http.WholeAnswer;
import io.flowmaestro.connections.local.refusal.Refusal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;

/** Has the vault check every record of its audit trail, as an operator would, and tells what it found. */
final class AuditVerification {
    /** Some ten million records. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final URI vault;
    private final String token;
    private final PrintStream terminal;

    AuditVerification(URI vault, String token, PrintStream terminal) {
        this.vault = vault;
        this.token = token;
        this.terminal = terminal;
    }

    /** Answers the exit code: 0 when the trail is intact, 1 when not. */
    int run() throws InterruptedException {
        JsonObject found = verified().getJsonObject("data");
        boolean intact = found.getBoolean("intact");
        terminal.printf(
                Locale.ROOT,
                "%s: %d records in %d chains%n",
                intact ? "The audit trail is intact" : "The audit trail was tampered with",
                found.getLong("records"),
                found.getLong("chains"));
        JsonArray findings = found.getJsonArray("findings", new JsonArray());
        findings.forEach(finding -> terminal.println("  " + ((JsonObject) finding).encode()));
        return intact ? 0 : 1;
    }

    private JsonObject verified() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(vault.resolve("/internal/audit/verify"))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = WholeAnswer.to(request, client);
            if (answer.statusCode() != 200) {
                throw new Refusal("The vault did not verify its audit trail: " + answer.body());
            }
            return new JsonObject(answer.body());
        } catch (IOException failure) {
            throw new Refusal("The vault did not answer (" + failure + "). See ./connections status.");
        }
    }
}
