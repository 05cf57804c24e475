package io.flowmaestro.connections.oauth.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.provider.TestDefinition;
import io.flowmaestro.connections.oauthclient.OAuthSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackChecksTest {

    @Nested
    class Issuer {

        private final OAuthSettings declared = settings(",\"issuer\":\"https://id.acme.example/tenant\"");
        private final OAuthSettings advertised = settings(
                ",\"issuer\":\"https://id.acme.example/tenant\",\"authorization_response_iss_parameter_supported\":true");
        private final OAuthSettings unknown = settings("");

        @Test
        void mustBeTheDeclaredOneToTheLetter() {
            assertThatCode(() -> CallbackChecks.requireIssuer(declared, "https://id.acme.example/tenant"))
                    .doesNotThrowAnyException();
            refused(declared, "https://id.acme.example/tenant/");
            refused(declared, "https://evil.example");
        }

        @Test
        void mustBeThereWhereItIsAdvertised() {
            refused(advertised, null);
        }

        @Test
        void mayBeMissingOtherwise() {
            assertThatCode(() -> CallbackChecks.requireIssuer(declared, null)).doesNotThrowAnyException();
        }

        @Test
        void mustShareTheOriginOfTheAuthorizeUrlWhereNoneIsDeclared() {
            assertThatCode(() -> CallbackChecks.requireIssuer(unknown, "https://acme.example"))
                    .doesNotThrowAnyException();
            refused(unknown, "https://evil.example");
            refused(unknown, "not a url");
        }

        private static OAuthSettings settings(String extra) {
            return TestDefinition.with(extra).settings(Map.of());
        }

        private void refused(OAuthSettings settings, @Nullable String issuer) {
            assertThatThrownBy(() -> CallbackChecks.requireIssuer(settings, issuer))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.code().code()).isEqualTo("issuer-mismatch"));
        }
    }

    @Nested
    class Code {

        @ParameterizedTest
        @ValueSource(strings = {"invalid_scope", "server_error", "<script>"})
        void isNotTakenFromAnErrorAnswer(String error) {
            assertThatThrownBy(() -> CallbackChecks.requireCode(request("code", error)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.code().code()).isEqualTo("authorization-failed"));
        }

        @Test
        void mustBeThere() {
            assertThatThrownBy(() -> CallbackChecks.requireCode(request(null, null)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            problem -> assertThat(problem.code().code()).isEqualTo("callback-invalid"));
        }

        private CallbackRequest request(@Nullable String code, @Nullable String error) {
            return new CallbackRequest("acme", "state", code, error, null, null, null, java.util.Map.of());
        }
    }
}
