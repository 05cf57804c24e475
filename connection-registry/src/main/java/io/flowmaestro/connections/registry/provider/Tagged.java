package io.flowmaestro.connections.registry.provider;

import io.flowmaestro.connections.catalog.ContentHash;
import io.flowmaestro.connections.http.Success;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Answers with an entity tag of the content, and with 304 to a caller that has it already. */
final class Tagged {

    /** Browsers need not ask again for a minute: a catalogue that is a minute old does no harm to whoever picks from it. */
    static final String PUBLIC = "private, max-age=60";

    /** Services ask each time and are mostly told that nothing changed. */
    static final String INTERNAL = "private, no-cache";

    private Tagged() {}

    static <T> RestResponse<Success<T>> answer(T content, String caching, @Nullable String ifNoneMatch) {
        return answer(content, ContentHash.of(content), caching, ifNoneMatch);
    }

    static <T> RestResponse<Success<T>> answer(T content, String hash, String caching, @Nullable String ifNoneMatch) {
        String tag = "\"" + hash + "\"";
        var answer = ifNoneMatch != null
                        && (ifNoneMatch.contains(tag) || ifNoneMatch.strip().equals("*"))
                ? RestResponse.ResponseBuilder.<Success<T>>notModified()
                : RestResponse.ResponseBuilder.ok(Success.of(content));
        return answer.header("ETag", tag).header("Cache-Control", caching).build();
    }
}
