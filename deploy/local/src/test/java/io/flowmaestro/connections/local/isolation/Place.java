package io.flowmaestro.connections.local.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where a request names a resource: a parameter of the path or the query, or a field of the body. */
record Place(String name, Kind kind) {

    /** All of them, those included that name nobody's resource. */
    static List<Place> of(Operation operation, ApiDocument document) {
        var places = new ArrayList<Place>();
        operation
                .pathParameters()
                .forEach(name -> places.add(new Place(name, Kind.ofPathParameter(operation, name, document))));
        Set<String> fields = operation.body().map(new Bodies(document)::fields).orElse(Set.of());
        for (var names : List.of(operation.query().keySet(), fields)) {
            names.forEach(name -> Kind.ofField(operation, name).ifPresent(kind -> places.add(new Place(name, kind))));
        }
        return places;
    }

    /** Whether it can be somebody's own, and so another's not. */
    boolean isOwned() {
        return !(kind instanceof Kind.Nobodys);
    }
}
