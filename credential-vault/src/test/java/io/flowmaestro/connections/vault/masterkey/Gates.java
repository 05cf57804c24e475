package io.flowmaestro.connections.vault.masterkey;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Gates for the tests of other packages, without a database. */
public final class Gates {

    private final EnrolledKeysInMemory enrolled = new EnrolledKeysInMemory();

    /** A replica that holds this key, and on an empty table enrols it. */
    public KeyGate holding(byte[] key) {
        return gate(enrolled, key, Optional.empty(), new Termination());
    }

    /** A replica that also holds the key to change to. */
    public KeyGate holding(byte[] key, byte[] next) {
        return gate(enrolled, key, Optional.of(next), new Termination());
    }

    /** One more replica on the real tables, which does these steps before it opens. */
    public static KeyGate onDatabase(Pool pool, byte[] key, Optional<byte[]> next, List<OpeningStep> steps) {
        var configured = new ConfiguredKeys(local(key), next.map(Gates::local));
        var check = new KeyCheck(configured, new EnrolledKeyRepository(pool), new KeyProofs(configured));
        return new KeyGate(check, new ReplicaRepository(pool), steps, new Unended());
    }

    /** Makes the waiting key the primary one. */
    public void promote() {
        enrolled.promote(enrolled.waiting());
    }

    static KeyGate gate(EnrolledKeys enrolled, byte[] key, Optional<byte[]> next, Termination termination) {
        var configured = new ConfiguredKeys(local(key), next.map(Gates::local));
        var check = new KeyCheck(configured, enrolled, new KeyProofs(configured));
        return new KeyGate(check, new Unseen(), List.of(), termination);
    }

    static ConfiguredKey local(byte[] key) {
        return new ConfiguredKey(ConfiguredKey.LOCAL, LocalKey.of(key.clone()));
    }

    /** The test goes on when a replica would end. */
    private static final class Unended extends Termination {

        @Override
        void exit() {}
    }

    private record Unseen() implements Replicas {

        @Override
        public Uni<Void> report(UUID replica, Set<UUID> held) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> forget(UUID replica) {
            return Uni.createFrom().voidItem();
        }
    }
}
