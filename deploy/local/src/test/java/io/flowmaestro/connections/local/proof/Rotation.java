package io.flowmaestro.connections.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Both kinds of keys are changed under load, with everything in the way that may be in the way. */
final class Rotation {
    private static final int RECORDS_OF_A_USER = 100;
    private static final int USERS_A_ROUND = 10;
    /** From here on a proof waits for what it could otherwise only pretend. */
    private static final int LONG = 20;

    private final VaultSystem system;
    private final Proof proof;
    private final boolean isLong;

    Rotation(VaultSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
        this.isLong = proof.rounds() >= LONG;
    }

    void prove() throws Exception {
        var users = Stream.generate(UUID::randomUUID)
                .limit((long) proof.rounds() * USERS_A_ROUND)
                .toList();
        var records = Collections.synchronizedList(Rows.stored(system, users, RECORDS_OF_A_USER));
        var webhooks = Webhooks.stored(system, users);
        var oldest = IntStream.range(0, users.size())
                .mapToObj(i -> records.get(i * RECORDS_OF_A_USER))
                .toList();
        var oldEnvelopes = Rows.readAll(system, oldest);
        var load = Load.on(system, records, proof.random().nextLong());
        var kills = 0;
        KeyChange change;
        int oldOpened;
        try (load) {
            kills = rotateDataKeys(users, records.size());
            raiseMinimum(users);
            oldOpened = Opening.opened(system.first().client(), oldest, oldEnvelopes)
                    + Opening.opened(system.second().client(), oldest, oldEnvelopes);
            change = new KeyChange(
                    system,
                    oldest.getFirst(),
                    () -> Rows.readAll(system, oldest).getFirst());
            change.run();
        }
        var opened = Opening.opened(system.first().client(), records, Rows.readAll(system, records));
        var behind = system.number("select count(*) from registry.connections where (data->>'key_version')::int < 2");
        var hooksBehind =
                system.number("select count(*) from registry.webhooks where (secret->>'key_version')::int < 2");
        var hooksOpened = webhooks.opened();
        var failed = system.number("select coalesce(sum(failed), 0) from registry.rewrap_runs");
        proof.figure("records", records.size())
                .figure("users", users.size())
                .figure("decrypts_under_load", load.decrypts)
                .figure("encrypts_under_load", load.encrypts)
                .figure("failed_under_load", load.failed.size())
                .figure("asked_the_other_replica", load.askedElsewhere)
                .figure("rewrap_kills", kills)
                .figure("rows_failed", failed)
                .figure("rows_at_old_version", behind)
                .figure("webhooks", users.size())
                .figure("webhooks_at_old_version", hooksBehind)
                .figure("webhooks_unopened_at_the_end", users.size() - hooksOpened)
                .figure("old_version_tried", 2 * oldest.size())
                .figure("old_version_opened", oldOpened)
                .figure("late_replica_asked", change.lateAsked())
                .figure("late_replica_answered", change.lateAnswered())
                .figure("unopened_at_the_end", records.size() - opened)
                .print();

        assertThat(load.failed).isEmpty();
        assertThat(load.decrypts.sum()).isPositive();
        assertThat(kills).isEqualTo(proof.times(20, 2));
        assertThat(failed).isZero();
        assertThat(behind).isZero();
        assertThat(hooksBehind).isZero();
        assertThat(hooksOpened).isEqualTo(users.size());
        assertThat(oldOpened).isZero();
        assertThat(change.lateAsked()).isPositive();
        assertThat(change.lateAnswered()).isZero();
        assertThat(opened).isEqualTo(records.size());
    }

    /** Gives how often the rewrapping process was killed meanwhile. */
    private int rotateDataKeys(List<UUID> users, int rows) throws Exception {
        var rewrap = new RewrapRun(system);
        for (var user : users) {
            system.first()
                    .client()
                    .asAdmin("POST", "/internal/users/" + user + "/keys/rotate")
                    .expecting(200);
        }
        rewrap.killed(proof.times(20, 2), rows);
        if (!isLong) {
            rewrap.letLeasesLapse();
        }
        rewrap.awaitEnd();
        rewrap.stop();
        return rewrap.kills();
    }

    /** A minute after the rotation at the earliest; a short round moves the rotation back instead. */
    private void raiseMinimum(List<UUID> users) throws Exception {
        if (!isLong) {
            system.execute("update vault.key_owners set rotated_at = now()");
            var tooEarly = minimumOfTwo(users.getFirst());
            assertThat(tooEarly.status()).as("within the minute").isEqualTo(409);
            system.execute("update vault.key_owners set rotated_at = rotated_at - interval '1 minute'");
        }
        for (var user : users) {
            minimumOfTwo(user).expecting(200);
        }
    }

    private Answer minimumOfTwo(UUID user) throws Exception {
        return system.second()
                .client()
                .asAdmin(
                        "PUT",
                        "/internal/users/" + user + "/keys/minimum-version",
                        new JsonObject().put("minimum_version", 2));
    }
}
