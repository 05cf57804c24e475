package io.flowmaestro.connections.mcp.endpoint.destination;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.http.ProblemException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoomTest {

    private static final int MEBI = 1 << 20;

    private final Room room = new Room();

    @Test
    void isSharedByAllListsOfOneRequest() {
        var parts = Stream.generate(room::part).limit(4).toList();
        assertThatCode(() -> parts.forEach(part -> part.take(4 * MEBI))).doesNotThrowAnyException();

        assertThatThrownBy(() -> room.part().take(1))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("one by one");

        parts.getFirst().giveBack();
        assertThatCode(() -> room.part().take(4 * MEBI)).doesNotThrowAnyException();
    }

    @Test
    void isNotFilledByOneServer() {
        var fat = room.part();
        fat.take(3 * MEBI);
        for (int page = 0; page < 10; page++) {
            assertThatThrownBy(() -> fat.take(2 * MEBI)).isInstanceOf(ProblemException.class);
        }

        for (int server = 0; server < 3; server++) {
            assertThatCode(() -> room.part().take(4 * MEBI)).doesNotThrowAnyException();
        }
    }
}
