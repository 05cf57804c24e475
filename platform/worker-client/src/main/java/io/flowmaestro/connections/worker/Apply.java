package io.flowmaestro.connections.worker;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a credential is put into an HTTP request: headers, query parameters and the base URL of the provider's API, as the
 * provider's catalogue entry and the connection's data say.
 *
 * @param headers by name; may hold the credential
 * @param query by name, not encoded; may hold the credential where a provider takes it only there
 */
public record Apply(Map<String, String> headers, Map<String, String> query, Optional<URI> baseUrl) {

    /**
     * A request to a path of the provider's API, with everything on it.
     *
     * @param path below the base URL, beginning with a slash
     * @throws IllegalArgumentException if it begins with anything else, which could become part of the host
     * @throws IllegalStateException if no base URL is known; then use {@link #request(URI)}
     */
    public HttpRequest.Builder request(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("The path must begin with a slash.");
        }
        String base = baseUrl.orElseThrow(() -> new IllegalStateException(
                        "No base URL is known for this connection's provider. Give the whole address."))
                .toString();
        return request(URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path));
    }

    /** The same to an address that the caller vouches for: the credential goes there. */
    public HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(withQuery(address));
        headers.forEach(request::setHeader);
        return request;
    }

    private URI withQuery(URI address) {
        if (query.isEmpty()) {
            return address;
        }
        String added = query.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return URI.create(address + (address.getRawQuery() == null ? "?" : "&") + added);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Apply[headers=" + headers.keySet() + ", query=" + query.keySet() + "]";
    }
}
