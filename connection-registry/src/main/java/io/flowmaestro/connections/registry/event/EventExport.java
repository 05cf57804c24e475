package io.flowmaestro.connections.registry.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All events that match, as text in chunks of a page each: however many there are, no more than one page is in memory. */
@ApplicationScoped
class EventExport {

    static final int PAGE = 1000;

    private final EventReads reads;
    private final ObjectMapper json;

    EventExport(EventReads reads, ObjectMapper json) {
        this.reads = reads;
        this.json = json;
    }

    /** How an export is written. */
    enum Format {
        CSV("text/csv; charset=utf-8", CsvLine.HEADER),
        NDJSON("application/x-ndjson", "");

        final String mediaType;
        final String head;

        /** For a client that names no format. */
        static Format accepted(@Nullable String accept) {
            return accept != null && accept.contains("text/csv") ? CSV : NDJSON;
        }

        Format(String mediaType, String head) {
            this.mediaType = mediaType;
            this.head = head;
        }
    }

    Multi<String> lines(UUID user, EventQuery query, Format format) {
        AtomicReference<EventQuery> next = new AtomicReference<>(query);
        Multi<String> pages = Multi.createBy()
                .repeating()
                .uni(() -> page(user, next))
                .whilst(page -> page.size() > PAGE)
                .map(page -> text(page.subList(0, Math.min(page.size(), PAGE)), format))
                .filter(text -> !text.isEmpty());
        return Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().item(format.head).filter(head -> !head.isEmpty()), pages);
    }

    private Uni<List<EventView>> page(UUID user, AtomicReference<EventQuery> next) {
        return Uni.createFrom().deferred(() -> reads.events(user, next.get())).invoke(page -> {
            if (page.size() > PAGE) {
                next.set(next.get().after(page.get(PAGE - 1)));
            }
        });
    }

    private String text(List<EventView> events, Format format) {
        return events.stream()
                .map(event -> format == Format.CSV ? CsvLine.of(event) : line(event))
                .collect(Collectors.joining());
    }

    private String line(EventView event) {
        try {
            return json.writeValueAsString(event) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
