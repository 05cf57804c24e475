package io.flowmaestro.connections.vault.shredding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flowmaestro.connections.identity.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.UncheckedIOException;

/** The ledger as a file to keep beside the backups: one entry a line, the oldest first. */
@Path("/internal/shred-ledger")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
class ShredLedgerResource {

    private final ShreddingService service;
    private final ObjectMapper json;

    ShredLedgerResource(ShreddingService service, ObjectMapper json) {
        this.service = service;
        this.json = json;
    }

    @GET
    @Produces("application/x-ndjson")
    public Uni<String> ledger() {
        return service.entries().map(entries -> {
            var lines = new StringBuilder();
            entries.forEach(entry -> lines.append(line(entry)).append('\n'));
            return lines.toString();
        });
    }

    private String line(LedgerEntry entry) {
        try {
            return json.writeValueAsString(entry);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
