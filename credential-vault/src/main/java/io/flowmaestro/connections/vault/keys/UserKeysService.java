package io.flowmaestro.connections.vault.keys;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.keyring.KeyRing;
import io.flowmaestro.connections.vault.keyring.UserKeyRepository;
import io.flowmaestro.connections.vault.keyring.UserKeys;
import io.flowmaestro.connections.vault.problem.VaultProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Shows and rotates a user's data key, and withdraws its old versions. */
@ApplicationScoped
class UserKeysService {

    /** Longer than any call takes in which a record sealed with the version before may still be on its way to its owner. */
    static final Duration QUIET = Duration.ofMinutes(1);

    private final KeyRing keyRing;
    private final UserKeyRepository userKeys;
    private final RecordedOperation recorded;

    UserKeysService(KeyRing keyRing, UserKeyRepository userKeys, RecordedOperation recorded) {
        this.keyRing = keyRing;
        this.userKeys = userKeys;
        this.recorded = recorded;
    }

    Uni<UserKeys> show(UUID user) {
        return userKeys.find(new KeyScope(user)).map(found -> found.orElseThrow(UserKeysService::none));
    }

    /** What was sealed before still opens; the owners of the records rewrap them. */
    Uni<UserKeys> rotate(Caller caller, UUID user) {
        return recorded.run(
                        caller,
                        KeyOperation.ROTATE,
                        Optional.of(user),
                        () -> keyRing.rotate(new KeyScope(user))
                                .map(version -> version.orElseThrow(UserKeysService::none)),
                        Optional::of)
                .chain(() -> show(user));
    }

    /** Versions below it open nothing from now on. They are kept, so a lower minimum brings them back. */
    Uni<UserKeys> setMinimumVersion(Caller caller, UUID user, int version) {
        return show(user)
                .chain(keys -> recorded.run(
                        caller,
                        KeyOperation.SET_MINIMUM_VERSION,
                        Optional.of(user),
                        () -> setMinimumVersion(user, keys, version),
                        Optional::of))
                .chain(() -> show(user));
    }

    private Uni<KeyVersion> setMinimumVersion(UUID user, UserKeys keys, int version) {
        return userKeys.setMinimum(new KeyScope(user), version, QUIET).map(set -> {
            if (!set) {
                throw refused(keys, version);
            }
            return new KeyVersion(keys.keyId(), version);
        });
    }

    private static ProblemException none() {
        return new ProblemException(
                VaultProblem.NO_KEYS, "The user has no data key: nothing was sealed yet, or the keys were destroyed.");
    }

    private static ProblemException refused(UserKeys keys, int version) {
        return version > keys.newestVersion()
                ? new ProblemException(
                        VaultProblem.NO_SUCH_VERSION,
                        "The newest version is %d; the minimum cannot be above it.".formatted(keys.newestVersion()))
                : new ProblemException(
                                VaultProblem.ROTATED_TOO_RECENTLY,
                                "The key was rotated less than a minute ago, so records of the version before may still be on"
                                        + " their way to be stored. Rewrap, then try again.")
                        .retryAfter(QUIET);
    }
}
