package io.flowmaestro.connections.local.isolation;

import io.flowmaestro.connections.local.isolation.Stock.Resource;
import io.flowmaestro.connections.local.suite.Service;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/** Sends operations as somebody, with a resource in each place. */
final class Requests {
    private static final String ENVELOPE = "envelope";

    private final SuiteAccess suite;
    private final Map<Service, ApiDocument> documents;
    private final Stock stock;
    private final String mcpServer;
    private int sent;

    Requests(SuiteAccess suite, Map<Service, ApiDocument> documents, Stock stock, String mcpServer) {
        this.suite = suite;
        this.documents = documents;
        this.stock = stock;
        this.mcpServer = mcpServer;
    }

    int sent() {
        return sent;
    }

    Answer send(Operation operation, Caller caller, Map<Place, Resource> named) throws Exception {
        Map<String, Object> known = new HashMap<>(Map.of(
                "server_url",
                mcpServer,
                "url",
                mcpServer,
                "tool",
                Kind.NOBODYS.get("tool"),
                "parameters",
                new JsonObject().put("message", "isolation")));
        Set<String> ids = new HashSet<>();
        for (var entry : named.entrySet()) {
            known.put(
                    entry.getKey().name(),
                    entry.getKey().holding(entry.getValue().id()));
            entry.getValue().envelope().ifPresent(envelope -> known.put(ENVELOPE, envelope));
            if (entry.getKey().isOwned()) {
                ids.add(entry.getValue().id());
            }
        }
        var body = body(operation, caller, known);
        var answer = suite.send(caller, operation.method(), target(operation, known), body);
        sent++;
        return Answer.of(answer, ids);
    }

    private URI target(Operation operation, Map<String, Object> known) {
        var path = ApiDocument.PARAMETER
                .matcher(operation.path())
                .replaceAll(found -> known.get(found.group(1)).toString());
        var query = new StringJoiner("&", "?", "").setEmptyValue("");
        var bodies = new Bodies(documents.get(operation.service()));
        operation.query().entrySet().stream()
                .filter(parameter -> known.containsKey(parameter.getKey()) || !Kind.isId(parameter.getKey()))
                .forEach(parameter -> query.add(
                        parameter.getKey() + "=" + bodies.minimal(parameter.getKey(), parameter.getValue(), known)));
        if (!operation.variant().isEmpty()) {
            query.add(operation.variant());
        }
        return suite.base(operation).resolve(path + query);
    }

    private Optional<Object> body(Operation operation, Caller caller, Map<String, Object> known) throws Exception {
        if (operation.body().isEmpty()) {
            return Optional.empty();
        }
        var bodies = new Bodies(documents.get(operation.service()));
        var schema = operation.body().get();
        if (!known.containsKey(ENVELOPE) && bodies.fields(schema).contains(ENVELOPE)) {
            var unstored = stock.unstored(caller.user());
            known.put("id", unstored.id());
            known.put(ENVELOPE, unstored.envelope().orElseThrow());
        }
        return Optional.of(bodies.minimal("", schema, known));
    }
}
