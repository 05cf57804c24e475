package io.flowmaestro.connections.architecture;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The operations that Jakarta REST annotations declare. A class that is no resource, such as a REST client, declares none. */
final class CodedOperations {
    private static final String PATH = "jakarta.ws.rs.Path";
    private static final String HTTP_METHOD = "jakarta.ws.rs.HttpMethod";
    private static final String ROLES_ALLOWED = "jakarta.annotation.security.RolesAllowed";
    private static final String PERMIT_ALL = "jakarta.annotation.security.PermitAll";

    private CodedOperations() {}

    /** @throws AssertionError for an endpoint without a word on who may call it */
    static Set<Operation> of(JavaClasses classes) {
        return classes.stream()
                .filter(type -> !type.isInterface() && type.isAnnotatedWith(PATH))
                .flatMap(CodedOperations::of)
                .collect(Collectors.toSet());
    }

    private static Stream<Operation> of(JavaClass resource) {
        return resource.getMethods().stream()
                .flatMap(method -> verb(method).stream()
                        .map(verb -> Operation.of(verb, path(resource) + "/" + path(method), roles(method))));
    }

    private static Optional<String> verb(JavaMethod method) {
        return method.getAnnotations().stream()
                .flatMap(annotation -> value(annotation.getRawType(), HTTP_METHOD).stream())
                .map(String.class::cast)
                .findFirst();
    }

    private static String path(HasAnnotations<?> annotated) {
        return value(annotated, PATH).map(String.class::cast).orElse("");
    }

    /** The method's own word counts, then its class's. */
    private static List<String> roles(JavaMethod method) {
        return Stream.of(method, method.getOwner())
                .filter(annotated -> annotated.isAnnotatedWith(ROLES_ALLOWED) || annotated.isAnnotatedWith(PERMIT_ALL))
                .findFirst()
                .map(annotated -> value(annotated, ROLES_ALLOWED)
                        .map(roles -> List.of((String[]) roles))
                        .orElse(List.of()))
                .orElseThrow(() -> new AssertionError(
                        method.getFullName() + " has neither @RolesAllowed nor @PermitAll, nor has its class"));
    }

    private static Optional<Object> value(HasAnnotations<?> annotated, String annotation) {
        return annotated.getAnnotations().stream()
                .filter(candidate -> candidate.getRawType().getName().equals(annotation))
                .findFirst()
                .flatMap(CodedOperations::value);
    }

    private static Optional<Object> value(JavaAnnotation<?> annotation) {
        return annotation.get("value");
    }
}
