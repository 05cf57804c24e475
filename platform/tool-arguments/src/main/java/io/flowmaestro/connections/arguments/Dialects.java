package io.flowmaestro.connections.arguments;

import static com.networknt.schema.dialect.Dialects.getDraft201909;
import static com.networknt.schema.dialect.Dialects.getDraft202012;
import static com.networknt.schema.dialect.Dialects.getDraft4;
import static com.networknt.schema.dialect.Dialects.getDraft6;
import static com.networknt.schema.dialect.Dialects.getDraft7;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.resource.SchemaLoader;
import java.util.List;

/** Reads schemas: JSON Schema 2020-12 unless {@code $schema} names an older draft, down to draft 4. */
final class Dialects {

    private static final List<Dialect> KNOWN =
            List.of(getDraft202012(), getDraft201909(), getDraft7(), getDraft6(), getDraft4());

    /** {@code format} is an annotation (2020-12, section 7): a server that means it refuses by itself. */
    private static final SchemaRegistryConfig CONFIG = SchemaRegistryConfig.builder()
            .formatAssertionsEnabled(false)
            .preloadSchema(false)
            .regularExpressionFactory(new Patterns())
            .build();

    private Dialects() {}

    /**
     * The schema, ready to be evaluated. Neither network nor file nor class path is asked for anything it names.
     *
     * @throws SchemaException when it is none
     */
    static Schema read(JsonNode schema) {
        if (!schema.isObject()) {
            throw new SchemaException("a tool's schema is an object");
        }
        return registry().getSchema(schema);
    }

    /** One for each schema: they resolve references under the lock of their registry. */
    private static SchemaRegistry registry() {
        return SchemaRegistry.withDialects(
                KNOWN,
                registry -> registry.schemaRegistryConfig(CONFIG)
                        .schemaCacheEnabled(false)
                        .schemaLoader(new SchemaLoader(List.of(), List.of(), _ -> false, _ -> true)));
    }
}
