package io.flowmaestro.connections.oauth.flow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.ProblemCode;
import io.quarkus.qute.Location;
import io.quarkus.qute.RawString;
import io.quarkus.qute.Template;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.random.RandomGenerator;

/** Renders the page that ends a flow. Text is escaped by the template engine, data by {@link #embeddable}. */
@ApplicationScoped
class CallbackPage {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Template template;
    private final PublicUrl publicUrl;
    private final RandomGenerator random;

    CallbackPage(@Location("callback.html") Template template, PublicUrl publicUrl, RandomGenerator random) {
        this.template = template;
        this.publicUrl = publicUrl;
        this.random = random;
    }

    /** @param nonce allows the page's own script and style, and nothing else */
    record Rendered(String html, String nonce) {}

    Rendered render(CallbackResult result) {
        String nonce = Hashing.randomToken(random);
        var page = switch (result) {
            case CallbackResult.Connected connected ->
                template.data("title", "Connected")
                        .data("message", "The connection was made. You can close this window.")
                        .data("code", "");
            case CallbackResult.Failed failed ->
                template.data("title", failed.code().title())
                        .data("message", failed.message())
                        .data("code", failed.code().code());
            case CallbackResult.Pending pending ->
                template.data("title", pending.code().title())
                        .data("message", pending.message())
                        .data("code", pending.code().code());
        };
        String html = page.data("nonce", nonce)
                .data("home", result.returnTo() == null ? publicUrl.base() + "/" : result.returnTo())
                .data("payload", new RawString(embeddable(payload(result))))
                .render();
        return new Rendered(html, nonce);
    }

    private ObjectNode payload(CallbackResult result) {
        ObjectNode message = JSON.createObjectNode();
        switch (result) {
            case CallbackResult.Connected connected ->
                message.put("type", "oauth_success")
                        .put("provider", connected.provider())
                        .set("connection", connected.connection());
            case CallbackResult.Failed failed -> error(message, failed.code(), failed.message());
            case CallbackResult.Pending pending -> error(message, pending.code(), pending.message());
        }
        ObjectNode payload = JSON.createObjectNode();
        payload.put("origin", publicUrl.origin());
        payload.put("return_to", result.returnTo());
        payload.put("flow_id", result.flowId() == null ? null : result.flowId().toString());
        payload.put("stay", result instanceof CallbackResult.Pending);
        payload.set("message", message);
        return payload;
    }

    private static void error(ObjectNode message, ProblemCode code, String text) {
        message.put("type", "oauth_error").put("code", code.code()).put("message", text);
    }

    /** JSON that cannot end its script element or begin a comment in it, whatever its strings hold. */
    static String embeddable(ObjectNode payload) {
        try {
            return JSON.writeValueAsString(payload)
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e")
                    .replace("&", "\\u0026")
                    .replace("\u2028", "\\u2028")
                    .replace("\u2029", "\\u2029");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a page's data is always JSON", impossible);
        }
    }
}
