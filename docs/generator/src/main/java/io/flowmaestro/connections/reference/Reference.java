package io.flowmaestro.connections.reference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All documents that are made of the sources. */
final class Reference {

    static final List<String> SERVICES =
            List.of("connection-registry", "credential-vault", "oauth-broker", "mcp-gateway");

    /** Stands at the top of each. */
    static final String NOTICE =
            "<!-- Made of the sources by ./connections docs, and held to them by ReferenceTest. Do not edit. -->\n";

    private Reference() {}

    /** Content by file, relative to the repository. */
    static Map<String, String> of(Path repository) throws IOException {
        Map<String, String> documents = new LinkedHashMap<>();
        Sources sources = Sources.in(repository);
        documents.put("docs/configuration.md", ConfigurationPage.of(sources));
        documents.put(KnownSettings.FILE, KnownSettings.of(sources));
        for (String service : SERVICES) {
            documents.put("docs/api/" + service + ".md", ApiPage.of(repository, service));
        }
        documents.put("docs/api/README.md", ApiIndex.of(repository));
        return documents;
    }
}
