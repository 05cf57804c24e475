package io.flowmaestro.connections.oauth.flow;

import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;

/** The SHA-256 of a secret: what is stored in its place. */
record Digest(Buffer bytes) {

    static Digest of(String secret) {
        return new Digest(Buffer.buffer(Hashing.sha256(secret)));
    }

    /** In constant time. */
    boolean matches(String secret) {
        return MessageDigest.isEqual(Hashing.sha256(secret), bytes.getBytes());
    }
}
