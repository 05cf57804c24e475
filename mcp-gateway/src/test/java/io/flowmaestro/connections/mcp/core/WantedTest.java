package io.flowmaestro.connections.mcp.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WantedTest {

    private static final Interest TOOLS_AND_ONE = new Interest(true, false, false, Set.of("a:b"), false);

    @Test
    void tellsItsObserversOfEachChangeUntilTheyLeave() {
        var wanted = new Wanted(Interest.LISTS);
        var changes = new AtomicInteger();
        var leave = wanted.onChange(changes::incrementAndGet);

        wanted.set(TOOLS_AND_ONE);
        leave.run();
        wanted.set(Interest.LISTS);

        assertThat(changes).hasValue(1);
        assertThat(wanted.now()).isEqualTo(Interest.LISTS);
    }

    @Test
    void hasPartsThatFollowIt() {
        var whole = new Wanted(Interest.LISTS);
        var part = whole.part(interest -> interest.withUris(Set.of()));
        var changes = new AtomicInteger();
        var leave = part.onChange(changes::incrementAndGet);

        whole.set(TOOLS_AND_ONE);

        assertThat(part.now()).isEqualTo(new Interest(true, false, false, Set.of(), false));
        assertThat(changes).hasValue(1);
        leave.run();
        whole.set(Interest.LISTS);
        assertThat(changes).hasValue(1);
    }

    @ParameterizedTest
    @CsvSource({
        "notifications/tools/list_changed, , true",
        "notifications/prompts/list_changed, , false",
        "notifications/resources/updated, a:b, true",
        "notifications/resources/updated, a:c, false",
        "notifications/message, , false",
        "notifications/progress, , false"
    })
    void coversWhatIsWantedAndNothingElse(String method, String uri, boolean covered) {
        var told = new Incoming.Notification(method, McpJson.object().put("uri", uri));

        assertThat(TOOLS_AND_ONE.covers(told)).isEqualTo(covered);
    }
}
