package io.flowmaestro.connections.local.frontdoor;

/** Where a request goes. */
sealed interface Route {
    record To(Upstream upstream) implements Route {}

    /** No such path at the front door: other paths of the API, and what services keep to their peers. */
    record Nowhere() implements Route {}
}
