package io.flowmaestro.connections.registry.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.connection.ConnectionReads;
import io.flowmaestro.connections.registry.connection.ConnectionRequests;
import io.flowmaestro.connections.registry.connection.ConnectionService;
import io.flowmaestro.connections.registry.data.ConnectionIds;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes templates of connections, and connections of templates. */
@ApplicationScoped
class TemplateService {

    private final TemplateRepository repository;
    private final CatalogueTemplates catalogue;
    private final ConnectionReads reads;
    private final ConnectionRequests requests;
    private final ConnectionService connections;
    private final ConnectionIds ids;

    TemplateService(
            TemplateRepository repository,
            CatalogueTemplates catalogue,
            ConnectionReads reads,
            ConnectionRequests requests,
            ConnectionService connections,
            ConnectionIds ids) {
        this.repository = repository;
        this.catalogue = catalogue;
        this.reads = reads;
        this.requests = requests;
        this.connections = connections;
        this.ids = ids;
    }

    /** The user's own first. */
    Uni<List<Template>> list(UUID user) {
        return repository
                .list(user)
                .map(own ->
                        Stream.concat(own.stream(), catalogue.all().stream()).toList());
    }

    Uni<Template> save(Caller caller, @Nullable JsonNode body) {
        var request = TemplateRequests.save(body);
        return Multi.createFrom()
                .iterable(request.connections())
                .onItem()
                .transformToUniAndConcatenate(id -> reads.require(caller.subject(), id))
                .map(TemplateItem::of)
                .collect()
                .asList()
                .chain(items -> repository.insert(caller, ids.next(), request.name(), items, request.connections()));
    }

    /**
     * Shows what would be made, or makes it. Nothing is made while anything is missing or wrong. One that cannot be made
     * all the same, since its MCP server is away for example, does not touch the others; a crash leaves the ones before,
     * which the same Idempotency-Key finds again.
     */
    Uni<List<Preview>> take(Caller caller, Optional<String> key, @Nullable JsonNode body) {
        var request = TemplateRequests.read(body);
        List<JsonNode> bodies = IntStream.range(0, request.items().size())
                .<JsonNode>mapToObj(
                        i -> request.items().get(i).body(request.values().get(i)))
                .toList();
        List<Preview> previews = IntStream.range(0, bodies.size())
                .mapToObj(i -> Preview.of(request.items().get(i), requests.check(bodies.get(i))))
                .toList();
        if (request.preview()) {
            return Uni.createFrom().item(previews);
        }
        requireComplete(previews);
        return Multi.createFrom()
                .items(IntStream.range(0, bodies.size()).boxed())
                .onItem()
                .transformToUniAndConcatenate(i -> previews.get(i).isCreated()
                        ? make(caller, key.map(given -> given + ":" + i), previews.get(i), bodies.get(i))
                        : Uni.createFrom().item(previews.get(i)))
                .collect()
                .asList();
    }

    private Uni<Preview> make(Caller caller, Optional<String> key, Preview preview, JsonNode body) {
        return connections
                .create(caller, key, body)
                .map(created -> preview.made(created.connection()))
                .onFailure(ProblemException.class)
                .recoverWithItem(failure -> preview.failed(failure.detail()));
    }

    private static void requireComplete(List<Preview> previews) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < previews.size(); i++) {
            String at = "values[%d].".formatted(i);
            previews.get(i).missing().forEach(field -> violations.add(new Violation(at + field, "is required")));
            String item = "template.items[%d].".formatted(i);
            previews.get(i)
                    .violations()
                    .forEach(violation -> violations.add(new Violation(item + violation.field(), violation.message())));
        }
        if (!violations.isEmpty()) {
            throw RegistryProblem.invalid(violations);
        }
    }
}
