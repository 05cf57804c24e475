package io.flowmaestro.connections.mcp.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.flowmaestro.connections.testing.Peers;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The usage events that the registry was sent. */
public final class UsageInbox {

    private static final Duration LONG = Duration.ofSeconds(5);
    private static final Duration A_FLUSH = Duration.ofMillis(500);

    private UsageInbox() {}

    /** Until something else is said, every report is taken. */
    public static void takesReports() {
        Peers.wiremock()
                .register(post("/internal/usage")
                        .atPriority(10)
                        .withHeader("Authorization", matching("Bearer .+"))
                        .willReturn(okJson("{\"success\":true,\"data\":{\"accepted\":1,\"duplicates\":0}}")));
    }

    /** From now on the registry answers so to reports with a user's events, alone or among others. */
    public static void answers(UUID user, ResponseDefinitionBuilder answer) {
        Peers.wiremock()
                .register(post("/internal/usage")
                        .atPriority(1)
                        .withHeader("X-On-Behalf-Of", equalTo(user.toString()))
                        .willReturn(answer));
        Peers.wiremock()
                .register(post("/internal/usage")
                        .atPriority(1)
                        .withRequestBody(containing(user.toString()))
                        .willReturn(answer));
    }

    /** Every event sent for the user so far, repetitions included. */
    public static List<JsonObject> of(UUID user) {
        return Peers.wiremock().find(postRequestedFor(urlEqualTo("/internal/usage"))).stream()
                .flatMap(UsageInbox::events)
                .filter(event -> user.toString().equals(event.remove("user_id")))
                .toList();
    }

    /** Each with its user, whom a report of one user's events names in the header only. */
    private static Stream<JsonObject> events(LoggedRequest report) {
        var user = report.getHeader("X-On-Behalf-Of");
        return new JsonObject(report.getBodyAsString())
                .getJsonArray("events").stream()
                        .map(JsonObject.class::cast)
                        .peek(event -> requireOneName(event, user))
                        .map(event -> user == null ? event : event.put("user_id", user));
    }

    private static void requireOneName(JsonObject event, @Nullable String user) {
        if (event.containsKey("user_id") == (user != null)) {
            throw new AssertionError("A user is named by the report or by its events: " + user + ", " + event.encode());
        }
    }

    /** Waits until that many have come. */
    public static List<JsonObject> await(UUID user, int events) {
        var end = Instant.now().plus(LONG);
        while (of(user).size() < events && Instant.now().isBefore(end)) {
            pause(Duration.ofMillis(25));
        }
        return of(user);
    }

    /** What has come once a flush would have been due. */
    public static List<JsonObject> afterAFlush(UUID user) {
        pause(A_FLUSH);
        return of(user);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
