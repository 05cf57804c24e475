package io.flowmaestro.connections.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(Tracing.class)
class QuerylessSpansTest {

    private static final String CANARY = "Canary-9c1e";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String OTHER_TRACE = "0af7651916cd43dd8448eb211c80319d";
    private static final AttributeKey<String> QUERY = AttributeKey.stringKey("url.query");
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
    private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("url.full");

    @Inject
    RecordedSpans spans;

    @Inject
    OpenTelemetry telemetry;

    @Test
    void aRequestsSpanHasItsPathAndNothingOfItsQuery() {
        given().header("traceparent", traceparent(TRACE))
                .queryParam("code", CANARY)
                .queryParam("state", CANARY)
                .get("/api/greetings/contested");

        SpanData span = theSpanOf(TRACE);
        assertThat(span.getAttributes().get(PATH)).isEqualTo("/api/greetings/contested");
        assertThat(span.getAttributes().get(QUERY)).isEqualTo("***");
        assertThat(span.toString()).doesNotContain(CANARY);
    }

    @Test
    void aRequestWithoutAQueryGetsNone() {
        given().header("traceparent", traceparent(OTHER_TRACE)).get("/api/greetings/contested");

        assertThat(theSpanOf(OTHER_TRACE).getAttributes().get(QUERY)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://mcp.example/a/b?api_key=Canary-9c1e&q=?, https://mcp.example/a/b?***",
        "https://mcp.example?Canary-9c1e, https://mcp.example?***",
        "https://vault.example/internal/records, https://vault.example/internal/records"
    })
    void soHasTheSpanOfARequestToAnother(String address, String recorded) {
        var span = telemetry
                .getTracer("test")
                .spanBuilder("GET")
                .setNoParent()
                .setAttribute(ADDRESS, address)
                .startSpan();
        span.end();

        assertThat(theSpanOf(span.getSpanContext().getTraceId()).getAttributes().get(ADDRESS))
                .isEqualTo(recorded);
    }

    /** A service ends its span after its answer. */
    private SpanData theSpanOf(String trace) {
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(spans.ofTrace(trace)).hasSize(1));
        return spans.ofTrace(trace).getFirst();
    }

    private static String traceparent(String trace) {
        return "00-" + trace + "-b7ad6b7169203331-01";
    }
}
