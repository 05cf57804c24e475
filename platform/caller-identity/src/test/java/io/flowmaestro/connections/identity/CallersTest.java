package io.flowmaestro.connections.identity;

import static io.flowmaestro.connections.identity.Identities.identity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.http.ProblemException;
import io.quarkus.security.identity.SecurityIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallersTest {

    private static final UUID ALICE = UUID.fromString("0190a1ce-0000-7000-8000-00000000a11c");

    private final Callers callers = new Callers(Identities.config(Duration.ZERO));

    @Nested
    class AUser {
        @Test
        void isTheSubjectOfItsOwnCalls() {
            assertThat(callers.of(identity(Roles.USER, ALICE.toString(), Map.of("azp", "ui")), List.of(), () -> false))
                    .contains(new Caller(ALICE, ALICE.toString(), "ui"));
        }

        @ParameterizedTest
        @ValueSource(strings = {Roles.USER, Roles.ADMIN, "unheard-of"})
        void mayNotActForAnother(String role) {
            var identity = identity(role, ALICE.toString(), Map.of("azp", "ui"));
            assertRefused(identity, List.of(ALICE.toString()), 403, "on-behalf-of-forbidden");
        }

        @Test
        void withAnotherKindOfIdIsMappedToTheSameUuidEveryTime() {
            UUID mapped = subject(identity(Roles.USER, "auth0|7", Map.of("azp", "ui")));
            assertThat(mapped.version()).isEqualTo(5);
            assertThat(subject(identity(Roles.USER, "auth0|7", Map.of("client_id", "ui"))))
                    .isEqualTo(mapped);
            assertThat(subject(identity(Roles.USER, "auth0|8", Map.of("azp", "ui"))))
                    .isNotEqualTo(mapped);
        }

        @Test
        void withoutASubjectIsUnauthorized() {
            assertRefused(identity(Roles.USER, " ", Map.of("azp", "ui")), List.of(), 401, "unauthorized");
        }
    }

    @Nested
    class AWorker {
        private final SecurityIdentity worker = identity(Roles.WORKER, "worker", Map.of("client_id", "worker"));

        @Test
        void actsForTheUserItNames() {
            assertThat(callers.of(worker, List.of(ALICE.toString()), () -> false))
                    .contains(new Caller(ALICE, "worker", "worker"));
        }

        @Test
        void mustNameExactlyOne() {
            assertRefused(worker, List.of(), 400, "on-behalf-of-required");
            assertRefused(worker, List.of(ALICE.toString(), ALICE.toString()), 400, "on-behalf-of-required");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "alice", "1-1-1-1-1", "0190a1ce-0000-7000-8000-00000000a11c, x"})
        void mustNameItByUuid(String header) {
            assertRefused(worker, List.of(header), 400, "on-behalf-of-required");
        }

        @Test
        void mustNameItEvenWhereServicesNeedNot() {
            assertThatThrownBy(() -> callers.of(worker, List.of(), () -> true)).isInstanceOf(ProblemException.class);
        }
    }

    @Nested
    class AService {
        private final SecurityIdentity service = identity(Roles.SERVICE, "broker", Map.of("client_id", "oauth-broker"));

        @Test
        void mayLeaveTheUserOutAtAUserlessEndpointOnly() {
            assertThat(callers.of(service, List.of(), () -> true)).isEqualTo(Optional.empty());
            assertRefused(service, List.of(), 400, "on-behalf-of-required");
        }
    }

    private UUID subject(SecurityIdentity identity) {
        return callers.of(identity, List.of(), () -> false).orElseThrow().subject();
    }

    private void assertRefused(SecurityIdentity identity, List<String> onBehalfOf, int status, String code) {
        assertThatThrownBy(() -> callers.of(identity, onBehalfOf, () -> false))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.getStatusCode()).isEqualTo(status);
                    assertThat(refused.code().code()).isEqualTo(code);
                });
    }
}
