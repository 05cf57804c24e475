package io.flowmaestro.connections.registry.page;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a page of ours may do: run and load what is ours, and speak to us and to the identity provider. */
@ApplicationScoped
class ContentPolicy {

    private final String header;

    ContentPolicy(UiConfig config) {
        String peers = Stream.concat(
                        Stream.of(origin(config.issuer())), config.identityOrigins().orElse(List.of()).stream())
                .distinct()
                .collect(Collectors.joining(" "));
        header = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
                + "connect-src 'self' " + peers + "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }

    String header() {
        return header;
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }
}
