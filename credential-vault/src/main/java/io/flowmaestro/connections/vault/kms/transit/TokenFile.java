package io.flowmaestro.connections.vault.kms.transit;

import io.flowmaestro.connections.vault.kms.KmsFailure;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A token that somebody else keeps fresh in a file. It is read for every call, which are few, so a change counts
 * at once.
 */
record TokenFile(Vertx vertx, Path file) implements TransitLogin {

    @Override
    public Uni<TransitToken> token() {
        return Uni.createFrom()
                .deferred(() -> UniHelper.toUni(vertx.fileSystem().readFile(file.toString())))
                .onFailure()
                .transform(unreadable -> refused("The token file %s cannot be read (%s)."
                        .formatted(file, unreadable.getClass().getSimpleName())))
                .map(content -> TransitToken.of(content.toString(StandardCharsets.UTF_8))
                        .orElseThrow(() -> refused("The token file %s holds no token.".formatted(file))));
    }

    @Override
    public Uni<TransitToken> insteadOf(TransitToken refused) {
        return token().invoke(read -> {
            if (read.isSameAs(refused)) {
                throw refused(
                        ("It refuses the token in %s (HTTP 403): the token is over and nothing renewed the file, or"
                                        + " its policy does not allow update on the key's encrypt and decrypt paths.")
                                .formatted(file));
            }
        });
    }

    private static KmsFailure refused(String advice) {
        return new KmsFailure(KmsFailure.Kind.REFUSED, advice);
    }
}
