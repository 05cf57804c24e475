package io.flowmaestro.connections.registry.page;

import static io.restassured.RestAssured.given;
import static io.restassured.config.DecoderConfig.decoderConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.flowmaestro.connections.registry.RegistryTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class PageRoutesTest {

    private static final String HTML = "text/html,application/xhtml+xml,*/*;q=0.8";

    @ParameterizedTest
    @ValueSource(strings = {"/", "/connections", "/connections/new", "/connect", "/callback?code=c&state=s", "/apiary"})
    void everyPageThatABrowserAsksForIsTheUi(String path) {
        given().header("Accept", HTML)
                .get(path)
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .header("Content-Security-Policy", containsString("script-src 'self'; style-src 'self';"))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("Cache-Control", equalTo("no-cache"))
                .body(containsString("<title>Connections</title>"))
                .body(not(containsString("<script>")))
                .body(not(containsString("<style")));
    }

    @Test
    void thePageMayCallTheIdentityProvider() {
        String issuer = given().get("/ui/config.json").path("issuer");

        given().header("Accept", HTML)
                .get("/connections")
                .then()
                .header(
                        "Content-Security-Policy",
                        containsString("connect-src 'self' " + issuer.replaceFirst("(//[^/]+).*", "$1")));
    }

    @Test
    void onlyThePageThatOthersOpenIsNotCutOffFromItsOpener() {
        given().header("Accept", HTML)
                .get("/connect?provider=openai")
                .then()
                .header("Cross-Origin-Opener-Policy", equalTo("unsafe-none"));
        given().header("Accept", HTML)
                .get("/connections")
                .then()
                .header("Cross-Origin-Opener-Policy", equalTo("same-origin-allow-popups"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/credentials", "/integrations", "/integrations/slack"})
    void formerPagesLeadToTheList(String path) {
        given().header("Accept", HTML)
                .redirects()
                .follow(false)
                .get(path)
                .then()
                .statusCode(308)
                .header("Location", equalTo("/connections"));
    }

    @Test
    void tellsThePageAboutTheInstallation() {
        given().get("/ui/config.json")
                .then()
                .statusCode(200)
                .contentType(containsString("application/json"))
                .body("client_id", equalTo("connections-ui"))
                .body("scope", equalTo("openid profile email"))
                .body("embed_origins", hasSize(0));
    }

    @Nested
    class Files {

        @Test
        void areKeptForEverUnderTheirHashedName() {
            raw().get(script())
                    .then()
                    .statusCode(200)
                    .contentType(containsString("text/javascript"))
                    .header("Content-Encoding", nullValue())
                    .header("Cache-Control", equalTo("public, max-age=31536000, immutable"));
        }

        @Test
        void goPackedToWhoeverTakesThat() {
            Response packed =
                    raw().header("Accept-Encoding", "gzip, deflate, br").get(script());

            packed.then()
                    .statusCode(200)
                    .contentType(containsString("text/javascript"))
                    .header("Content-Encoding", equalTo("gzip"))
                    .header("Vary", containsString("Accept-Encoding"));
            assertThat(packed.asByteArray())
                    .startsWith(0x1f, 0x8b)
                    .hasSizeLessThan(raw().get(script()).asByteArray().length / 2);
        }

        @Test
        void areProblemsWhereThereIsNone() {
            raw().accept("*/*")
                    .header("Accept-Encoding", "gzip")
                    .get("/assets/gone-12345678.js")
                    .then()
                    .statusCode(404)
                    .header("Content-Encoding", nullValue())
                    .header("Cache-Control", nullValue())
                    .body("code", equalTo("not-found"));
        }

        @Test
        void areForEveryOriginWhereTheyAreMadeForOthers() {
            raw().header("Origin", "https://flows.example.com")
                    .get("/embed/connection-picker.js")
                    .then()
                    .statusCode(200)
                    .header("Access-Control-Allow-Origin", equalTo("*"))
                    .header("Cross-Origin-Resource-Policy", equalTo("cross-origin"))
                    .body(containsString("connection-picker"));
        }

        private static String script() {
            var found = Pattern.compile("src=\"(/assets/[^\"]+\\.js)\"")
                    .matcher(given().header("Accept", HTML).get("/").asString());
            assertThat(found.find()).isTrue();
            return found.group(1);
        }

        /** As it comes, packed or not. */
        private static RequestSpecification raw() {
            return given().config(
                            RestAssured.config().decoderConfig(decoderConfig().noContentDecoders()));
        }
    }

    @Test
    void healthAndMetricsStayReachable() {
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/health/live").then().statusCode(200).body("checks.status", not(hasItem("DOWN")));
        given().get("/q/metrics").then().statusCode(200);
    }

    @Test
    void theApiIsNoPage() {
        given().header("Accept", HTML)
                .get("/api/nothing")
                .then()
                .statusCode(404)
                .contentType(containsString("application/problem+json"));
    }
}
