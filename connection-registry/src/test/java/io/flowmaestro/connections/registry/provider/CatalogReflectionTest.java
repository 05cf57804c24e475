package io.flowmaestro.connections.registry.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.catalog.Provider;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CatalogReflectionTest {

    private static final JsonMapper JSON = new JsonMapper();

    /** A type that is missing works in the JVM and fails in a native image only. */
    @Test
    void namesEveryTypeThatAProviderIsMadeOf() {
        Set<Class<?>> types = new LinkedHashSet<>();
        collect(JSON.constructType(Provider.class), types);

        assertThat(CatalogReflection.class
                        .getAnnotation(RegisterForReflection.class)
                        .targets())
                .containsExactlyInAnyOrderElementsOf(types);
    }

    private static void collect(JavaType type, Set<Class<?>> types) {
        if (type.isContainerType()) {
            collect(type.getContentType(), types);
        } else if (type.isEnumType()) {
            types.add(type.getRawClass());
        } else if (type.isRecordType() && types.add(type.getRawClass())) {
            JSON.getDeserializationConfig()
                    .introspect(type)
                    .findProperties()
                    .forEach(component -> collect(component.getPrimaryType(), types));
        }
    }
}
