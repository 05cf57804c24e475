package io.flowmaestro.connections.local.isolation;

import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where a request names a resource: a parameter of the path or the query, or a field of the body. */
record Place(String name, boolean inPath, Kind kind) {

    /** All of them, those included that name nobody's resource; but not those that repeat what the path names. */
    static List<Place> of(Operation operation, ApiDocument document) {
        var places = new ArrayList<Place>();
        operation
                .pathParameters()
                .forEach(name -> places.add(new Place(name, true, Kind.ofPathParameter(operation, name, document))));
        Set<String> fields = operation.body().map(new Bodies(document)::fields).orElse(Set.of());
        for (var names : List.of(operation.query().keySet(), fields)) {
            names.forEach(name -> Kind.ofField(operation, name)
                    .filter(kind -> places.stream()
                            .noneMatch(place -> place.inPath() && place.kind().equals(kind)))
                    .ifPresent(kind -> places.add(new Place(name, false, kind))));
        }
        return places;
    }

    /** An id as it stands there: in a list, where the name says that there may be several. */
    Object holding(String id) {
        return name.endsWith("_ids") ? new JsonArray().add(id) : id;
    }

    /** Whether it can be somebody's own, and so another's not. */
    boolean isOwned() {
        return !(kind instanceof Kind.Nobodys);
    }
}
