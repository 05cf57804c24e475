package io.flowmaestro.connections.reference;

import java.io.IOException;
import java.nio.file.Path;

/** docs/api/README.md: every operation, with who may call it. */
final class ApiIndex {

    private static final String ABOUT = """
        # API reference

        JSON in snake_case. A success is `{"success": true, "data": …}`; an error is `application/problem+json` (RFC 9457) with `code`,
        `detail`, `violations` and `trace_id`. Everybody sends `Authorization: Bearer …`; a `worker` or `service` names the user in
        `X-On-Behalf-Of` as well. In the tables a name in bold has to be there. `/internal/**` is for the services among themselves
        and is never routed publicly.
        """;

    private ApiIndex() {}

    static String of(Path repository) throws IOException {
        StringBuilder page = new StringBuilder(Reference.NOTICE).append(ABOUT);
        for (String service : Reference.SERVICES) {
            ApiDocument document = ApiDocument.of(repository, service);
            page.append("\n## [").append(service).append("](").append(service).append(".md)\n\n");
            page.append(ApiDocument.text(document.at("info"), "description")).append("\n\n");
            page.append(Markdown.row("operation", "for", ""));
            page.append("|---|---|---|\n");
            for (ApiPage.Operation operation : ApiPage.operations(document)) {
                String roles = String.join(
                        ", ",
                        ApiDocument.list(operation.content().get("x-roles")).stream()
                                .map(String::valueOf)
                                .toList());
                page.append(Markdown.row(
                        "[`" + operation.heading() + "`](" + service + ".md#" + Markdown.anchor(operation.heading())
                                + ")",
                        roles.isEmpty() ? "anybody" : roles,
                        Markdown.cell(ApiDocument.text(operation.content(), "summary"))));
            }
        }
        return page.toString();
    }
}
