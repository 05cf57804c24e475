package io.flowmaestro.connections.migration.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdsTest {
    private static final String ISSUER = "https://id.example/realms/flow";

    @Test
    void aUuidStaysAsItIs() {
        assertThat(new UserIds(Optional.of(ISSUER)).of("0190A1CE-0000-7000-8000-00000000A11C"))
                .contains(UUID.fromString("0190a1ce-0000-7000-8000-00000000a11c"));
    }

    /** The services map a token's user claim with this very generator. */
    @ParameterizedTest
    @ValueSource(strings = {"42", "auth0|5f7c8ec7c33c6c004bbafe82", "alice@example.com", "jürgen", "1-2-3-4-5"})
    void anythingElseIsMappedAsTheServicesMapAUserClaim(String id) {
        UUID services =
                Generators.nameBasedGenerator(NameBasedGenerator.NAMESPACE_URL).generate(ISSUER + "\n" + id);

        assertThat(new UserIds(Optional.of(ISSUER)).of(id)).contains(services);
    }

    @Test
    void isUnknownWithoutAnIssuer() {
        assertThat(new UserIds(Optional.empty()).of("42")).isEmpty();
    }
}
