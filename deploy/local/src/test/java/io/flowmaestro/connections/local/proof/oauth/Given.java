package io.flowmaestro.connections.local.proof.oauth;

import io.vertx.core.json.JsonObject;

/**
 * What a caller was answered.
 *
 * @param status 0 where the connection ended without an answer
 * @param saysWhen whether it says when to come back
 */
record Given(int status, String body, boolean saysWhen) {
    static final Given NOTHING = new Given(0, "{}", false);

    boolean isToken(String accessToken) {
        return status == 200 && accessToken.equals(accessToken());
    }

    String accessToken() {
        return status == 200 ? new JsonObject(body).getJsonObject("data").getString("access_token") : "";
    }

    /** A token, or word that the connection gives none any more; not that it should be tried again. */
    boolean isFinal() {
        return status == 200 || code().equals("409 connection-not-active");
    }

    String code() {
        return status == 0 ? "no answer" : status + " " + new JsonObject(body).getString("code", "");
    }
}
