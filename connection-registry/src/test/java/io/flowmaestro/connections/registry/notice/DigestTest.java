package io.flowmaestro.connections.registry.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DigestTest {

    private static final URI PUBLIC = URI.create("https://connections.example.org");

    private static Notice notice(UUID connection, String type, String name) {
        return new Notice(UUID.randomUUID(), connection, type, name, "Because.", Instant.EPOCH);
    }

    @Test
    void saysTheLatestOfEachConnection() {
        UUID id = UUID.randomUUID();

        Digest digest = Digest.of(List.of(notice(id, "expired", "A"), notice(id, "recovered", "A")), PUBLIC);

        assertThat(digest.subject()).isEqualTo("A connection works again");
        assertThat(digest.text()).contains("A: works again.").doesNotContain("expired", "Because");
    }

    @Test
    void staysShortHoweverManyThereAre() {
        var notices = IntStream.range(0, 300)
                .mapToObj(i -> notice(UUID.randomUUID(), "invalid", "C" + i))
                .toList();

        Digest digest = Digest.of(notices, PUBLIC);

        assertThat(digest.subject()).isEqualTo("300 connections need your attention");
        assertThat(digest.text().lines().count()).isLessThan(60);
        assertThat(digest.text()).contains("and 250 more", "https://connections.example.org/connections");
    }
}
