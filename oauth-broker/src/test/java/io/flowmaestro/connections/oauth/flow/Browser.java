package io.flowmaestro.connections.oauth.flow;

import static io.restassured.RestAssured.given;

import io.flowmaestro.connections.testing.Tokens;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A user's browser, with its cookie jar. */
final class Browser {

    static final String COOKIE = "connections_flow";

    @Nullable
    String cookie;

    /** A flow as the browser sees it: the parameters of the URL that it is sent to. */
    record Flow(String id, Map<String, String> parameters) {
        String state() {
            return parameters.get("state");
        }
    }

    Flow begin(UUID user, String provider) {
        Response response = authorize(user, provider, Map.of());
        response.then().statusCode(200);
        cookie = response.cookie(COOKIE);
        return new Flow(response.path("data.flow_id"), query(response.path("data.auth_url")));
    }

    Response authorize(UUID user, String provider, Map<String, String> parameters) {
        return request()
                .auth()
                .oauth2(Tokens.user(user))
                .queryParams(parameters)
                .get("/api/oauth/{provider}/authorize", provider);
    }

    Response callback(String provider, Map<String, String> parameters) {
        return request().queryParams(parameters).get("/api/oauth/{provider}/callback", provider);
    }

    private RequestSpecification request() {
        var request = given().redirects().follow(false);
        return cookie == null ? request : request.cookie(COOKIE, cookie);
    }

    static Map<String, String> query(String url) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : URI.create(url).getRawQuery().split("&")) {
            int equals = pair.indexOf('=');
            parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
