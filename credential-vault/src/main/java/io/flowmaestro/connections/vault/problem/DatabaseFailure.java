package io.flowmaestro.connections.vault.problem;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.rowsecurity.DatabaseOutage;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Tells a database that is away, which passes, from a statement that is wrong, which is a defect of ours. */
public final class DatabaseFailure {

    private static final Logger LOG = Logger.getLogger(DatabaseFailure.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private DatabaseFailure() {}

    /** For {@code onFailure().transform(…)} right behind a database call. */
    public static Throwable translate(Throwable failure) {
        if (failure instanceof ProblemException
                || (failure instanceof PgException && !DatabaseOutage.isAway(failure))) {
            return failure;
        }
        LOG.warnf("PostgreSQL is not available: %s", described(failure));
        return unavailable("The vault's database is not available right now. Try again shortly.");
    }

    public static ProblemException unavailable(String detail) {
        return new ProblemException(VaultProblem.VAULT_UNAVAILABLE, detail).retryAfter(RETRY_AFTER);
    }

    /** What the driver throws for want of a better type may quote the values of a statement. */
    private static String described(Throwable failure) {
        return failure instanceof IOException || failure instanceof TimeoutException || failure instanceof PgException
                ? failure.toString()
                : failure.getClass().getSimpleName();
    }
}
