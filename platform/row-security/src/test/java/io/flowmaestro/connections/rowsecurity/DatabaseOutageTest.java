package io.flowmaestro.connections.rowsecurity;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.net.ConnectException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseOutageTest {

    private final DatabaseOutage outage = new DatabaseOutage();

    @ParameterizedTest
    @ValueSource(strings = {"57P03", "57P01", "08006", "53300", "28P01"})
    void isAServerThatTakesNobodyIn(String state) {
        assertThat(outage.of(refused(state))).contains("the database");
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42601", "22P02"})
    void isNoStatementThatIsWrong(String state) {
        assertThat(outage.of(refused(state))).isEmpty();
    }

    static Stream<Throwable> absences() {
        return Stream.of(
                new ConnectException("Connection refused: /127.0.0.1:5432"),
                ClosedConnectionException.INSTANCE,
                new NoStackTraceThrowable("Timeout"));
    }

    @ParameterizedTest
    @MethodSource("absences")
    void isAServerThatIsNotThere(Throwable failure) {
        assertThat(outage.of(failure)).contains("the database");
    }

    @Test
    void isNoDefectOfOurs() {
        assertThat(outage.of(new IllegalStateException("a"))).isEmpty();
        assertThat(outage.of(new NullPointerException())).isEmpty();
    }

    private static PgException refused(String state) {
        return new PgException("refused", "FATAL", state, "");
    }
}
