package io.flowmaestro.connections.registry.importing;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.flowmaestro.connections.registry.listing.QueryFields;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of an older system, from the operator who moves them. */
@Path("/internal/imports/connections")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
class ImportResource {

    private final ImportService imports;
    private final CurrentCaller caller;

    ImportResource(ImportService imports, CurrentCaller caller) {
        this.imports = imports;
        this.caller = caller;
    }

    /** One result for each row, in order. */
    record Imported(List<ImportResult> results) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Success<Imported>> take(@QueryParam("dry_run") @Nullable String dryRun, @Nullable JsonNode body) {
        QueryFields fields = new QueryFields();
        boolean dry = fields.flag("dry_run", dryRun);
        fields.finish();
        return imports.take(caller.get(), body, dry).map(Imported::new).map(Success::of);
    }
}
