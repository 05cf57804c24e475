package io.flowmaestro.connections.oauthclient;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.verification.FactPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An access token and the refresh token that belongs to it. */
record TokenPair(Secret accessToken, @Nullable Secret refreshToken) {

    /**
     * The tokens of an answer, or null without any. A provider that nests a second pair names both places in the same
     * order: the refresh token is taken from where the access token was found, never from beside the other one.
     */
    static @Nullable TokenPair of(TokenResponseRules rules, JsonNode answer) {
        List<FactPath> refreshPaths = rules.refreshToken();
        boolean paired = refreshPaths.size() == rules.accessToken().size();
        for (int place = 0; place < rules.accessToken().size(); place++) {
            String accessToken = text(rules.accessToken().get(place), answer);
            if (accessToken != null) {
                List<FactPath> own = paired ? refreshPaths.subList(place, place + 1) : refreshPaths;
                return new TokenPair(Secret.of(accessToken), refreshToken(own, answer));
            }
        }
        return null;
    }

    private static @Nullable Secret refreshToken(List<FactPath> paths, JsonNode answer) {
        for (FactPath path : paths) {
            String found = text(path, answer);
            if (found != null) {
                return Secret.of(found);
            }
        }
        return null;
    }

    private static @Nullable String text(FactPath path, JsonNode answer) {
        String text = path.text(answer);
        return text == null || text.isEmpty() ? null : text;
    }
}
