package io.flowmaestro.connections.oauth.credential;

import org.jspecify.annotations.Nullable;

/** @param refusedVersion of the credential that the server did not take; null where none was refused */
record AccessTokenRequest(@Nullable Long refusedVersion) {

    static @Nullable Long refused(@Nullable AccessTokenRequest request) {
        return request == null ? null : request.refusedVersion;
    }
}
