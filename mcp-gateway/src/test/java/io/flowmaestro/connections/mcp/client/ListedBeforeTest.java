package io.flowmaestro.connections.mcp.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListedBeforeTest {

    private final ListedBefore before = new ListedBefore();

    private List<String> page(String cursor, String next, String... names) {
        var page = McpJson.object();
        var tools = page.putArray("tools");
        for (String name : names) {
            tools.addObject().put("name", name);
        }
        if (!next.isEmpty()) {
            page.put("nextCursor", next);
        }
        ObjectNode params =
                cursor.isEmpty() ? McpJson.object() : McpJson.object().put("cursor", cursor);
        return before.firstsOnly(Offer.TOOLS, params, page).findValuesAsText("name");
    }

    @Test
    void showsEachNameOnce() {
        assertThat(page("", "2", "a", "a", "b")).containsExactly("a", "b");
        assertThat(page("2", "3", "b", "c")).containsExactly("c");
        assertThat(page("3", "", "a", "c", "d")).containsExactly("d");
    }

    /** A server could make us keep what it likes by names and cursors that have no end. */
    @Test
    void forgetsTheOldestWhereNamesAreLong() {
        assertThat(page("", "2", "a")).containsExactly("a");
        for (int i = 0; i < 40; i++) {
            page("", "x" + i, i + "y".repeat(50_000));
        }

        assertThat(page("2", "", "a")).as("stands for itself").containsExactly("a");
    }

    @Test
    void remembersNoPageOfANameLongerThanAllThatIsKept() {
        page("", "2", "y".repeat(2_000_000));
        assertThat(page("2", "", "y".repeat(2_000_000))).hasSize(1);
    }
}
