package io.flowmaestro.connections.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.Success;
import io.flowmaestro.connections.identity.CurrentCaller;
import io.flowmaestro.connections.identity.Roles;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;

@Path("/api/mcp/{connectionId}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.WORKER, Roles.USER})
class ToolCallResource {

    private final ToolCallService tools;
    private final CurrentCaller caller;

    ToolCallResource(ToolCallService tools, CurrentCaller caller) {
        this.tools = tools;
        this.caller = caller;
    }

    /** Tool names may contain a slash, so the rest of the path is the name. */
    @POST
    @Path("/tools/{tool:.+}")
    public Uni<Success<ObjectNode>> callNamed(
            @RestPath UUID connectionId, @RestPath String tool, @Nullable ToolParameters request) {
        var parameters = request == null ? null : request.parameters();
        return tools.call(caller.get(), connectionId, tool, parameters).map(Success::of);
    }

    /** The same with progress on the way: events {@code progress}, then {@code result} or {@code error}. */
    @POST
    @Path("/tools/{tool:.+}")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<OutboundSseEvent> followNamed(
            @RestPath UUID connectionId, @RestPath String tool, @Nullable ToolParameters request, @Context Sse sse) {
        var parameters = request == null ? null : request.parameters();
        return tools.follow(caller.get(), connectionId, tool, parameters)
                .map(event -> sse.newEventBuilder()
                        .name(event.name())
                        .data(ObjectNode.class, event.data())
                        .build());
    }

    @POST
    @Path("/call")
    public Uni<Success<ObjectNode>> call(@RestPath UUID connectionId, @Nullable ToolCallRequest request) {
        var tool = request == null ? null : request.tool();
        var parameters = request == null ? null : request.parameters();
        return tools.call(caller.get(), connectionId, tool, parameters).map(Success::of);
    }
}
