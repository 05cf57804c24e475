package io.flowmaestro.connections.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpResponse;
import java.util.Optional;

/** An HTTP answer. */
record Answer(int status, Optional<String> retryAfter, String body) {

    static Answer of(HttpResponse<String> response) {
        return new Answer(response.statusCode(), response.headers().firstValue("Retry-After"), response.body());
    }

    /** Missing if the body is no JSON. Its text is in no message: it may hold a secret, or be a stranger's page. */
    JsonNode json() {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public String toString() {
        return "Answer[" + status + "]";
    }
}
