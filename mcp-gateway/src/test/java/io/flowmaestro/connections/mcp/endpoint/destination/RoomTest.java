package io.flowmaestro.connections.mcp.endpoint.destination;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.http.ProblemException;
import org.junit.jupiter.api.Test;

class RoomTest {

    @Test
    void isSharedByAllListsOfOneRequest() {
        var room = new Room();
        assertThatCode(() -> {
                    for (int i = 0; i < 16; i++) {
                        room.take(1 << 20);
                    }
                })
                .doesNotThrowAnyException();

        assertThatThrownBy(() -> room.take(1))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("one by one");
    }
}
