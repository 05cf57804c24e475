package io.flowmaestro.connections.registry.provider;

import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.peers;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.flowmaestro.connections.registry.ProviderFiles;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@RegistryTest
class ProviderResourceTest {

    @Nested
    class Public {
        @Test
        void listsTheCatalogue() {
            as(ALICE)
                    .get("/api/providers")
                    .then()
                    .statusCode(200)
                    .body("data.key", hasItems("github", "google", "slack", "notion", "openai", "anthropic"))
                    .body("data.find { it.key == 'github' }.methods", contains("oauth2", "api_key", "mcp"));
        }

        @Test
        void narrowsByCategoryMethodAndName() {
            as(ALICE)
                    .queryParam("category", "ai")
                    .get("/api/providers")
                    .then()
                    .body("data.category", everyItem(equalTo("ai")));
            as(ALICE)
                    .queryParam("method", "mcp")
                    .get("/api/providers")
                    .then()
                    .body("data.key", hasItems("filesystem", "postgres", "mongodb", "github"))
                    .body("data.key", not(hasItem("openai")));
            as(ALICE)
                    .queryParam("q", "GIT")
                    .get("/api/providers")
                    .then()
                    .body("data.key", contains("digitalocean", "github", "github-app-user", "gitlab"));
            as(ALICE)
                    .queryParam("q", " monitor")
                    .get("/api/providers")
                    .then()
                    .body("data.key", hasItems("datadog", "grafana", "pagerduty", "sentry"));
        }

        @Test
        void refusesAFilterThatIsNone() {
            as(ALICE)
                    .queryParam("category", "cmr")
                    .queryParam("method", "oauth")
                    .queryParam("q", "x".repeat(201))
                    .get("/api/providers")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("validation-failed"))
                    .body("violations.field", contains("category", "method", "q"))
                    .body("violations[0].message", containsString("project-management"));
        }

        @Test
        void saysWhetherAProvidersOAuthClientIsThere() {
            peers().register(WireMock.get("/internal/oauth/clients").willReturn(WireMock.okJson("""
                    {"success": true, "data": {"configured": ["github", "google"]}}""")));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> as(ALICE)
                                    .get("/api/providers")
                                    .jsonPath()
                                    .get("data.find { it.key == 'github' }.configured")
                            != null);

            as(ALICE)
                    .get("/api/providers")
                    .then()
                    .body("data.find { it.key == 'github' }.configured", equalTo(true))
                    .body("data.find { it.key == 'slack' }.configured", equalTo(false))
                    .body("data.find { it.key == 'openai' }.configured", equalTo(true))
                    .body("data.find { it.key == 'openai' }.icon", equalTo("openai"))
                    .body("data.find { it.key == 'openai' }.source", equalTo("bundled"));
        }

        @Test
        void showsWhatIsUnconfirmedAndWhereAKeyIsFound() {
            as(ALICE)
                    .get("/api/providers/mistral")
                    .then()
                    .body("data.methods.api_key.unverified", contains("base", "header", "verify"))
                    .body("data.methods.api_key.fields[0].label", equalTo("API key"))
                    .body("data.methods.api_key.fields[0].hint", containsString("API keys"))
                    .body("data.methods.api_key.fields[0].secret", equalTo(true));
        }

        @Test
        void showsOneWholeOrAProblem() {
            as(ALICE)
                    .get("/api/providers/github")
                    .then()
                    .statusCode(200)
                    .body("data.methods.oauth2.token", equalTo("https://github.com/login/oauth/access_token"));
            as(ALICE).get("/api/providers/nowhere").then().statusCode(404).body("code", equalTo("provider-not-found"));
            given().get("/api/providers").then().statusCode(401);
        }

        @Test
        void opensToWorkersThatNameTheirUser() {
            var worker = given().auth().oauth2(Tokens.worker());

            worker.get("/api/providers").then().statusCode(400).body("code", equalTo("on-behalf-of-required"));
            worker.header("X-On-Behalf-Of", ALICE.toString())
                    .get("/api/providers")
                    .then()
                    .statusCode(200);
        }

        @Test
        void saysThatNothingChanged() {
            String tag = as(ALICE).get("/api/providers").header("ETag");

            as(ALICE)
                    .header("If-None-Match", tag)
                    .get("/api/providers")
                    .then()
                    .statusCode(304)
                    .header("Cache-Control", "private, max-age=60")
                    .header("ETag", tag);
            as(ALICE)
                    .queryParam("category", "ai")
                    .header("If-None-Match", tag)
                    .get("/api/providers")
                    .then()
                    .statusCode(200);
        }
    }

    @Nested
    class Internal {
        private io.restassured.specification.RequestSpecification broker() {
            return given().auth().oauth2(Tokens.service("oauth-broker"));
        }

        @Test
        void givesWholeDefinitionsToServicesWithoutAUser() {
            broker().get("/internal/providers")
                    .then()
                    .statusCode(200)
                    .body("data.find { it.key == 'slack' }.methods.oauth2.token_response.ok_path", equalTo("ok"))
                    .body("data.find { it.key == 'notion' }.methods.oauth2.token_auth", equalTo("basic"));
            broker().get("/internal/providers/google")
                    .then()
                    .statusCode(200)
                    .body("data.methods.oauth2.refresh.rotates", equalTo(false))
                    .body("data.methods.oauth2.authorize_params.access_type", equalTo("offline"));
            broker().get("/internal/providers/nowhere").then().statusCode(404);
            as(ALICE).get("/internal/providers").then().statusCode(403);
        }

        @Test
        void answers304WhileTheTagFits() {
            String tag = broker().get("/internal/providers/google").header("ETag");

            broker().header("If-None-Match", tag)
                    .get("/internal/providers/google")
                    .then()
                    .statusCode(304);
            broker().header("If-None-Match", "\"other\"")
                    .get("/internal/providers/google")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void filesOfTheOperatorAppearWithoutARestartAndABrokenOneHidesNothing() throws IOException {
        Path directory = Files.createDirectories(Path.of(ProviderFiles.DIRECTORY));
        Files.writeString(directory.resolve("broken.yaml"), "key: [");
        Files.writeString(directory.resolve("acme.yaml"), """
                {key: acme, name: Acme, category: crm, methods: {api_key: {base: "https://acme.example", header: {X-K: "{key}"}}}}
                """);
        try {
            await().atMost(Duration.ofSeconds(6))
                    .untilAsserted(() -> as(ALICE)
                            .get("/api/providers")
                            .then()
                            .body("data.find { it.key == 'acme' }.source", equalTo("file"))
                            .body("data.key", hasItem("github")));
        } finally {
            Files.delete(directory.resolve("acme.yaml"));
            Files.delete(directory.resolve("broken.yaml"));
        }
    }
}
