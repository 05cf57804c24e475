package io.flowmaestro.connections.registry.notice;

import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Owners who are to be written to: claimed across users by id, then worked on as their user. */
@ApplicationScoped
class DueDigests {

    private static final String CLAIM = """
            update registry.users u set digest_claimed_until = now() + interval '2 minutes'
              from (select id from registry.users p
                     where digest_due_at <= now() and (digest_claimed_until is null or digest_claimed_until < now())
                       and exists (select from registry.notices n where n.user_id = p.id
                                    and n.occurred_at <= now() - $1::bigint * interval '1 millisecond')
                     order by digest_due_at limit 10 for update skip locked) due
             where u.id = due.id
            returning u.id""";

    private static final String EMAIL = """
            select email from registry.users
             where id = $1 and email is not null and coalesce((preferences->>'email')::boolean, true)""";

    private static final String NOTICES = """
            select n.event_id, n.connection_id, n.type, n.name, n.reason, n.occurred_at
              from registry.notices n join registry.connections c on c.user_id = n.user_id and c.id = n.connection_id
             where n.user_id = $1 and c.deleted_at is null
               and (c.status = n.type or c.status = 'active' and n.type in ('recovered', 'expiring'))
             order by n.occurred_at, n.event_id limit 500""";

    /** What was told, and what nobody is to be told; looked at now, so that a notice of this moment stays. */
    private static final String DROP = """
            delete from registry.notices n
             where n.user_id = $1 and (n.event_id = any($2) or not exists (
                     select from registry.connections c join registry.users u on u.id = c.user_id
                      where c.user_id = n.user_id and c.id = n.connection_id and c.deleted_at is null
                        and u.email is not null and coalesce((u.preferences->>'email')::boolean, true)
                        and (c.status = n.type or c.status = 'active' and n.type in ('recovered', 'expiring'))))""";

    /** For a while, so that one address that is refused holds up nobody. */
    private static final String PUT_OFF = """
            update registry.users set digest_claimed_until = null, digest_due_at = now() + interval '10 minutes'
             where id = $1""";

    private static final String SENT = """
            update registry.users set digest_claimed_until = null,
                   digest_due_at = now() + $2::bigint * interval '1 millisecond'
             where id = $1""";

    private final Pool jobs;
    private final UserTransactions transactions;

    DueDigests(@ReactiveDataSource("jobs") Pool jobs, UserTransactions transactions) {
        this.jobs = jobs;
        this.transactions = transactions;
    }

    /** An owner, and what to write. */
    record Letter(UUID user, String email, List<Notice> notices) {
        @Override
        public String toString() {
            return "Letter[%s]".formatted(user);
        }
    }

    Uni<List<UUID>> claim(Duration settle) {
        return jobs.preparedQuery(CLAIM)
                .execute(Tuple.of(settle.toMillis()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID("id"))
                        .toList());
    }

    Uni<Optional<Letter>> letter(UUID user) {
        return transactions.run(
                user,
                sql -> email(sql, user)
                        .chain(email -> notices(sql, user)
                                .map(notices -> email.filter(address -> !notices.isEmpty())
                                        .map(address -> new Letter(user, address, notices)))));
    }

    /** Written to: these notices, and older ones that are no longer true, are done with; the next message waits. */
    Uni<Void> sent(Letter letter, Duration pause) {
        UUID[] events = letter.notices().stream().map(Notice::event).toArray(UUID[]::new);
        return transactions.run(
                letter.user(),
                sql -> sql.preparedQuery(DROP)
                        .execute(Tuple.tuple().addUUID(letter.user()).addArrayOfUUID(events))
                        .chain(() -> sql.preparedQuery(SENT).execute(Tuple.of(letter.user(), pause.toMillis())))
                        .replaceWithVoid());
    }

    /** Not written to this time; what there is to tell stays. */
    Uni<Void> putOff(UUID user) {
        return transactions.run(
                user, sql -> sql.preparedQuery(PUT_OFF).execute(Tuple.of(user)).replaceWithVoid());
    }

    /** Nobody to write to, or nothing to tell: what is no longer true is done with. */
    Uni<Void> drop(UUID user) {
        Tuple values = Tuple.tuple().addUUID(user).addArrayOfUUID(new UUID[0]);
        return transactions.run(
                user, sql -> sql.preparedQuery(DROP).execute(values).replaceWithVoid());
    }

    private static Uni<Optional<String>> email(SqlConnection sql, UUID user) {
        return sql.preparedQuery(EMAIL)
                .execute(Tuple.of(user))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString("email"))
                        .findFirst());
    }

    private static Uni<List<Notice>> notices(SqlConnection sql, UUID user) {
        return sql.preparedQuery(NOTICES)
                .execute(Tuple.of(user))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Notice::of)
                        .toList());
    }
}
