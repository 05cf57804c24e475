package io.flowmaestro.connections.mcp.connection;

import io.flowmaestro.connections.flight.Flights;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The 24-hour rule: a connection whose last test is older is tested before it is used, once at a time. Only a test that
 * moved the connection out of active keeps it from being used; a test that cannot be made does not.
 */
@ApplicationScoped
class DailyTest {

    private static final Logger LOG = Logger.getLogger(DailyTest.class);

    private final TestsBeforeUse tests;
    private final Flights<UUID, TestsBeforeUse.Standing> underWay = new Flights<>();

    DailyTest(TestsBeforeUse tests) {
        this.tests = tests;
    }

    /** The connection as it stands after the test, if one was due. Never fails. */
    Uni<StoredConnection> settle(UUID user, StoredConnection connection) {
        if (!connection.testDue()) {
            return Uni.createFrom().item(connection);
        }
        return underWay.join(connection.id(), () -> tests.testIfDue(user, connection.id()))
                .map(connection::standing)
                .onFailure()
                .invoke(failure -> LOG.infof("A connection is used without its daily test: %s", failure))
                .onFailure()
                .recoverWithItem(connection);
    }
}
