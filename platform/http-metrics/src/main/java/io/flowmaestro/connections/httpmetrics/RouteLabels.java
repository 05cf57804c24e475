package io.flowmaestro.connections.httpmetrics;

import io.micrometer.core.instrument.Tags;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * The label {@code uri} of a request that met no operation: a constant, and so is {@code method} when it is one that HTTP does not know. Quarkus would take the path as it was asked for, so
 * that anybody, signed in or not, could make a series with every request and keep ids in the metrics: by a method that the
 * path has not (405), by {@code OPTIONS}, by a path of the page, or by one that begins with two slashes.
 */
@Singleton
class RouteLabels implements HttpServerMetricsTagsContributor {

    /** Where Quarkus REST leaves the path of the operation that it has found, before it is called. */
    private static final String OPERATION = "UrlPathTemplate";

    private static final Set<HttpMethod> METHODS = Set.of(
            HttpMethod.GET,
            HttpMethod.HEAD,
            HttpMethod.POST,
            HttpMethod.PUT,
            HttpMethod.PATCH,
            HttpMethod.DELETE,
            HttpMethod.OPTIONS);

    private static final Tags AS_IT_IS = Tags.empty();
    private static final Tags NOT_FOUND = Tags.of("uri", "NOT_FOUND");
    private static final Tags UNKNOWN = Tags.of("uri", "UNKNOWN");

    @Override
    public Tags contribute(Context context) {
        if (context.requestContextLocalData(OPERATION) != null) {
            return AS_IT_IS;
        }
        Tags uri = context.response().statusCode() == 404 ? NOT_FOUND : UNKNOWN;
        return METHODS.contains(context.request().method()) ? uri : uri.and("method", "OTHER");
    }
}
