package io.flowmaestro.connections.architecture;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenApiRuleTest {
    private static final String DOCUMENT = """
            openapi: 3.0.3
            paths:
              /api/greetings:
                summary: Greetings
                get: {x-roles: [user]}
                post: {x-roles: [worker, user]}
              /api/greetings/{id}:
                parameters: []
                get: {security: []}
            """;

    @TempDir
    private java.nio.file.Path folder;

    @Test
    void isContentWhenBothSayTheSame() {
        assertThatCode(() -> check(Greetings.class, DOCUMENT)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get: {x-roles: [user]} | get: {x-roles: [admin]} | GET /api/greetings for user",
                "get: {x-roles: [user]} | delete: {x-roles: [user]} | DELETE /api/greetings for user",
                "/api/greetings/{id} | /api/greetings/{key} | GET /api/greetings/{key} for anybody",
                "post: {x-roles: [worker, user]} | summary: none | POST /api/greetings for user, worker",
                "get: {security: []} | get: {x-roles: [user]} | GET /api/greetings/{id} for anybody",
                "get: {security: []} | get: {} | needs either x-roles",
                "get: {security: []} | get: {security: [], x-roles: [user]} | needs either x-roles",
            })
    void namesWhatDiffers(String said, String wrong, String named) {
        assertThatThrownBy(() -> check(Greetings.class, DOCUMENT.replace(said, wrong)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(named);
    }

    @Test
    void refusesAnEndpointThatDoesNotSayWhoMayCallIt() {
        assertThatThrownBy(() -> check(Open.class, DOCUMENT))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("has neither @RolesAllowed nor @PermitAll");
    }

    private void check(Class<?> resource, String document) throws IOException {
        java.nio.file.Path file = Files.writeString(folder.resolve("openapi.yaml"), document);
        OpenApiRule.check(new ClassFileImporter().importClasses(resource, Client.class), file);
    }

    @Path("api/greetings/")
    @RolesAllowed("user")
    static class Greetings {
        @GET
        public String all() {
            return "";
        }

        @POST
        @RolesAllowed({"user", "worker"})
        public String create() {
            return "";
        }

        @GET
        @Path("/{id: [0-9a-f]+}")
        @PermitAll
        public String one() {
            return "";
        }
    }

    @Path("/open")
    static class Open {
        @GET
        public String get() {
            return "";
        }
    }

    @Path("/elsewhere")
    interface Client {
        @DELETE
        String call();
    }
}
