package io.flowmaestro.connections.registry.user;

import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Users' addresses and wishes. */
@ApplicationScoped
public class Profiles {

    /** The address follows the token; a token without one takes nothing away. */
    private static final String SAVE = """
            insert into registry.users as u (id, email, preferences)
            values ($1, $2, jsonb_build_object('email', coalesce($3::boolean, true)))
            on conflict (id) do update
               set email = coalesce($2, u.email), updated_at = now(),
                   preferences = case when $3::boolean is null then u.preferences
                                      else u.preferences || jsonb_build_object('email', $3::boolean) end
            returning email, coalesce((preferences->>'email')::boolean, true) as notifications""";

    private final UserTransactions transactions;

    Profiles(UserTransactions transactions) {
        this.transactions = transactions;
    }

    /** Notes where the user can be written to. A fault here stops nothing: it is noted the next time. */
    public Uni<Void> note(UUID user, Optional<String> email) {
        return email.isEmpty()
                ? Uni.createFrom().voidItem()
                : save(user, email, null).replaceWithVoid().onFailure().recoverWithNull();
    }

    /**
     * The user's profile, brought up to date.
     *
     * @param notifications null leaves the wish as it is
     */
    Uni<Profile> save(UUID user, Optional<String> email, @Nullable Boolean notifications) {
        Tuple values = Tuple.tuple().addUUID(user).addString(email.orElse(null)).addBoolean(notifications);
        return transactions.run(
                user,
                sql -> sql.preparedQuery(SAVE).execute(values).map(rows -> {
                    var row = rows.iterator().next();
                    return new Profile(user, row.getString("email"), row.getBoolean("notifications"));
                }));
    }
}
