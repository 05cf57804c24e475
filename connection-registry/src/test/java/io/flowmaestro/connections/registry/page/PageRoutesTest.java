package io.flowmaestro.connections.registry.page;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.flowmaestro.connections.registry.RegistryTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class PageRoutesTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/connections/new", "/connect", "/apiary"})
    void everyPageThatABrowserAsksForIsTheUi(String path) {
        given().header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                .get(path)
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .header("Content-Security-Policy", containsString("script-src 'self'"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .body(containsString("Connections"))
                .body(not(containsString("<script>")));
    }

    @Test
    void filesAreFilesAndUnknownOnesAreProblems() {
        given().get("/page.css").then().statusCode(200).contentType(containsString("text/css"));
        given().accept("image/png").get("/nothing.png").then().statusCode(404).body("code", equalTo("not-found"));
    }

    @Test
    void healthAndMetricsStayReachable() {
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/health/live").then().statusCode(200).body("checks.status", not(hasItem("DOWN")));
        given().get("/q/metrics").then().statusCode(200);
    }
}
