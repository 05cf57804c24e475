package io.flowmaestro.connections.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** A service's OpenAPI document says what its code does: the same paths, methods and roles, no more and no fewer. */
public final class OpenApiRule {
    private static final Path DOCUMENT = Path.of("src/main/openapi/openapi.yaml");

    private OpenApiRule() {}

    /**
     * Compares the resources under a service's root package with {@code src/main/openapi/openapi.yaml} of its module.
     *
     * @throws AssertionError naming every operation that is in one only
     */
    public static void check(String rootPackage) throws IOException {
        check(
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(rootPackage),
                DOCUMENT);
    }

    static void check(JavaClasses classes, Path document) throws IOException {
        Set<Operation> coded = CodedOperations.of(classes);
        Set<Operation> documented = DocumentedOperations.in(document);
        if (coded.isEmpty()) {
            throw new AssertionError("the code declares no operation");
        }
        if (!coded.equals(documented)) {
            throw new AssertionError("in the code but not in " + document + ": " + without(coded, documented) + "; in "
                    + document + " but not in the code: " + without(documented, coded));
        }
    }

    private static Set<String> without(Set<Operation> these, Set<Operation> others) {
        Set<String> only = new TreeSet<>();
        these.stream()
                .filter(operation -> !others.contains(operation))
                .forEach(operation -> only.add(operation.toString()));
        return only;
    }
}
