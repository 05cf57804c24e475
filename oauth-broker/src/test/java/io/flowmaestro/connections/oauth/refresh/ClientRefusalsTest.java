package io.flowmaestro.connections.oauth.refresh;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.ROTATED;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.expired;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.marking;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.publishing;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Peers;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A provider, or one of its customers, that does not take our client. */
@QuarkusTest
class ClientRefusalsTest extends ComponentTest {

    private static final String REFUSED = "{\"error\":\"invalid_client\"}";

    @Inject
    MeterRegistry metrics;

    @Inject
    ProviderHealth health;

    /** What one test did to the provider is no concern of the next. */
    @BeforeEach
    void forgetFaults() {
        health.answered(Refreshing.ACME);
    }

    private static void provider(String key, String variable) {
        Suite.catalogued(key, """
                {"oauth2":{"authorize":"%1$s/%2$s/authorize","token":"%1$s/%2$s/{place}/token",
                 "config":{"place":{%3$s}}}}""".formatted(Peers.url(), key, variable));
    }

    private static StoredCredential at(String key, String place) {
        var ended = Instant.now().minusSeconds(9);
        var stored = StoredCredential.of("oauth2", key, """
                {"access_token":"old-at","refresh_token":"old-rt","place":"%s","expires_at":%d}""".formatted(place, ended.toEpochMilli()))
                .store();
        publishing(stored);
        return stored;
    }

    private static void answers(String key, String place, int status, String body) {
        Suite.peers().register(post("/" + key + "/" + place + "/token").willReturn(Suite.json(status, body)));
    }

    private double gauge(String name, String provider) {
        var gauge = metrics.find("connections.oauth.provider." + name)
                .tag("provider", provider)
                .gauge();
        return gauge == null ? 0 : gauge.value();
    }

    @Test
    void atOneCustomersAddressAreThatCustomersMatter() {
        provider("acme", "\"pattern\":\"[a-z]+\"");
        answers("acme", "one", 401, REFUSED);
        answers("acme", "two", 200, ROTATED);
        double alarm = gauge("client.refused", "acme");

        use(at("acme", "one"))
                .then()
                .statusCode(502)
                .body("code", equalTo("provider-refused"))
                .body("detail", containsString("acme at 127.0.0.1"));

        assertThat(gauge("customers.refusing", "acme")).isEqualTo(1);
        assertThat(gauge("client.refused", "acme")).isEqualTo(alarm);
        use(at("acme", "two")).then().statusCode(200).body("data.access_token", equalTo("new-at"));
        assertThat(gauge("customers.refusing", "acme")).isEqualTo(1);
        use(at("acme", "one")).then().statusCode(503).body("code", equalTo("provider-unavailable"));
        assertThat(Suite.requests(RequestMethod.POST, "/acme/one/token")).hasSize(1);
    }

    @Test
    void atAPlaceOfTheProvidersOwnAreItsAlarm() {
        provider("strict", "\"values\":[\"eu\",\"us\"]");
        answers("strict", "eu", 401, REFUSED);

        double ofCustomers = gauge("customers.refusing", "strict");

        use(at("strict", "eu")).then().statusCode(502);

        assertThat(gauge("client.refused", "strict")).isEqualTo(1);
        assertThat(gauge("customers.refusing", "strict")).isEqualTo(ofCustomers);
    }

    /** Whoever stores a token of another client would pause the provider for everybody. */
    @Test
    void ofOneTokenAreThatConnectionsMatter() {
        Suite.tokenAnswer(Suite.json(401, "{\"error\":\"unauthorized_client\"}"));
        var foreign = expired().store();
        double alarm = gauge("client.refused", "acme");

        use(foreign)
                .then()
                .statusCode(502)
                .body("code", equalTo("provider-refused"))
                .body("detail", containsString("Reconnect"));

        assertThat(gauge("client.refused", "acme")).isEqualTo(alarm);
        assertThat(Suite.requests(RequestMethod.PUT, foreign.statusPath())).isEmpty();
        use(foreign).then().statusCode(503).body("code", equalTo("provider-unavailable"));
        assertThat(Suite.tokenRequests()).isEqualTo(1);
        Suite.tokenAnswer(Suite.json(200, ROTATED));
        var other = expired().store();
        publishing(other);
        use(other).then().statusCode(200).body("data.access_token", equalTo("new-at"));
    }

    @Test
    void thatAProvidersFactsCallADeadGrantExpireTheConnection() {
        Suite.provider("acme", ",\"token_response\":{\"grant_errors\":[\"unauthorized_client\"]}");
        Suite.tokenAnswer(Suite.json(
                403, "{\"error\":\"unauthorized_client\",\"error_description\":\"refresh_token is invalid\"}"));
        var stored = expired().store();
        marking(stored);

        use(stored).then().statusCode(409).body("code", equalTo("connection-not-active"));

        assertThat(Suite.requests(RequestMethod.PUT, stored.statusPath()))
                .singleElement()
                .satisfies(mark -> assertThat(mark.getBodyAsString()).contains("expired"));
    }
}
