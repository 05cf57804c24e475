package io.flowmaestro.connections.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** Checks made ready, one for each schema however many tools and users have it. Safe for use by many threads. */
public final class ArgumentChecks {

    private static final int MOST_KEPT = 2_000;
    private static final Duration KEPT = Duration.ofHours(1);

    private final Cache<String, ArgumentCheck> byHash =
            Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterAccess(KEPT).build();

    /** The check for a tool's {@code inputSchema}, whatever that is: one that is no schema is told by the verdict. */
    public ArgumentCheck of(JsonNode inputSchema) {
        if (!Extent.of(inputSchema).within(Extent.SCHEMA)) {
            return ArgumentCheck.TOO_LARGE;
        }
        return byHash.get(hash(inputSchema), _ -> ArgumentCheck.of(inputSchema.deepCopy()));
    }

    private static String hash(JsonNode schema) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(schema.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
