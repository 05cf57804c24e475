package io.flowmaestro.connections.registry.provider;

import io.flowmaestro.connections.catalog.ContentHash;
import io.flowmaestro.connections.http.Success;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Answers with an entity tag of the content, and with 304 to a caller that has it already. */
final class Tagged {

    private Tagged() {}

    static <T> RestResponse<Success<T>> answer(T content, @Nullable String ifNoneMatch) {
        return answer(content, ContentHash.of(content), ifNoneMatch);
    }

    static <T> RestResponse<Success<T>> answer(T content, String hash, @Nullable String ifNoneMatch) {
        String tag = "\"" + hash + "\"";
        var answer = ifNoneMatch != null
                        && (ifNoneMatch.contains(tag) || ifNoneMatch.strip().equals("*"))
                ? RestResponse.ResponseBuilder.<Success<T>>notModified()
                : RestResponse.ResponseBuilder.ok(Success.of(content));
        return answer.header("ETag", tag)
                .header("Cache-Control", "private, no-cache")
                .build();
    }
}
