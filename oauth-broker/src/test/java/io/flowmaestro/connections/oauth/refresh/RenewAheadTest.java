package io.flowmaestro.connections.oauth.refresh;

import static io.flowmaestro.connections.oauth.refresh.Refreshing.ROTATED;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.due;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.publishing;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Peers;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Renewing before anybody asks, at a provider that is to be left alone. */
@QuarkusTest
class RenewAheadTest extends ComponentTest {

    private static final Duration HORIZON = Duration.ofMinutes(5);

    @Inject
    RefreshService refreshes;

    @Inject
    ProviderHealth health;

    @BeforeEach
    @AfterEach
    void forgetFaults() {
        health.answered(Refreshing.ACME);
    }

    private boolean renewed(StoredCredential stored) {
        return refreshes
                .renewAhead(Suite.ALICE, stored.id(), "acme", HORIZON)
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    private static int looks(StoredCredential stored) {
        return Suite.requests(RequestMethod.GET, stored.path()).size();
    }

    private static StoredCredential ending() {
        Suite.tokenAnswer(Suite.json(200, ROTATED));
        var stored = due().store();
        publishing(stored);
        return stored;
    }

    @Test
    void looksAtNoConnection() {
        var stored = ending();
        health.failed(Refreshing.ACME, Duration.ofSeconds(30));
        assertThat(renewed(stored)).isFalse();
        assertThat(looks(stored)).isZero();
        assertThat(Suite.requests(RequestMethod.POST, "/internal/decrypt")).isEmpty();
        assertThat(Suite.tokenRequests()).isZero();

        health.answered(Refreshing.ACME);
        assertThat(renewed(stored)).isTrue();
        assertThat(Suite.tokenRequests()).isEqualTo(1);
    }

    @Test
    void looksWhereEachConnectionHasAnAddressOfItsOwn() {
        Suite.catalogued("acme", """
                {"oauth2":{"authorize":"%1$s/acme/authorize","token":"%1$s/{place}/token",
                 "config":{"place":{"default":"acme","pattern":"[a-z]+"}}}}""".formatted(Peers.url()));
        var stored = ending();
        health.failed(new Upstream("acme", "elsewhere.example"), Duration.ofSeconds(30));
        assertThat(renewed(stored)).isTrue();
        assertThat(looks(stored)).isEqualTo(1);
    }
}
