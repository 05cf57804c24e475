package io.flowmaestro.connections.images;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The records that Jackson reads or writes, as far as class files tell: those of endpoints and REST clients, those that code hands to
 * a mapper by their class, those that it writes, those that problems carry, and what all of them are made of.
 */
final class JsonTypes {

    private static final Set<String> HTTP = Set.of("GET", "POST", "PUT", "DELETE", "PATCH");
    private static final Set<String> READS =
            Set.of("readValue", "treeToValue", "convertValue", "readerFor", "readEntity");
    private static final Set<String> WRITES =
            Set.of("writeValueAsString", "writeValueAsBytes", "writeValue", "writerFor");
    private static final Set<String> BUILDS = Set.of("createObjectNode", "createArrayNode", "objectNode", "arrayNode");
    private static final String PROBLEM = "io.flowmaestro.connections.http.ProblemException";

    private final JavaClasses classes;
    private final Set<String> found = new TreeSet<>();

    private JsonTypes(JavaClasses classes) {
        this.classes = classes;
    }

    /** Names of the classes. */
    static Set<String> of(JavaClasses classes) {
        var types = new JsonTypes(classes);
        classes.forEach(types::collect);
        return types.found;
    }

    private void collect(JavaClass type) {
        type.getSuperclass()
                .filter(parent -> parent.toErasure().getName().equals("com.fasterxml.jackson.core.type.TypeReference"))
                .ifPresent(this::add);
        for (JavaMethod method : type.getMethods()) {
            if (isHttp(method)) {
                add(method.getReturnType());
                parameters(method).filter(JsonTypes::isBody).forEach(body -> add(body.getType()));
            }
            if (type.getName().equals(PROBLEM)) {
                parameters(method).forEach(member -> add(member.getType()));
            }
        }
        for (JavaCodeUnit code : type.getCodeUnits()) {
            if (calls(code, READS::contains) || handsOn(code)) {
                code.getReferencedClassObjects().stream()
                        .map(ReferencedClassObject::getRawType)
                        .forEach(this::add);
            }
            // What builds a tree of its own writes that, and not what it was given.
            if (calls(code, WRITES::contains) && !calls(code, BUILDS::contains)) {
                code.getParameters().forEach(written -> add(written.getType()));
            }
        }
    }

    private static Stream<JavaParameter> parameters(JavaMethod method) {
        return method.getParameters().stream();
    }

    private static boolean isHttp(JavaMethod method) {
        return method.getAnnotations().stream()
                .anyMatch(annotation -> annotation.getRawType().getPackageName().equals("jakarta.ws.rs")
                        && HTTP.contains(annotation.getRawType().getSimpleName()));
    }

    private static boolean isBody(JavaParameter parameter) {
        return parameter.getAnnotations().stream()
                .map(annotation -> annotation.getRawType().getName())
                .noneMatch(
                        name -> name.startsWith("jakarta.ws.rs.") || name.startsWith("org.jboss.resteasy.reactive."));
    }

    private static boolean calls(JavaCodeUnit code, Predicate<String> name) {
        return code.getMethodCallsFromSelf().stream()
                .anyMatch(call -> name.test(call.getName())
                        && (call.getTargetOwner().getName().startsWith("com.fasterxml.jackson.databind.")
                                || call.getTargetOwner().getName().startsWith("jakarta.ws.rs.")));
    }

    /** Whether it calls a method of ours that takes a class and reads it: {@code McpJson.read(json, ServerForm.class)}. */
    private boolean handsOn(JavaCodeUnit code) {
        return code.getMethodCallsFromSelf().stream()
                .flatMap(call -> call.getTarget().resolveMember().stream())
                .filter(method -> classes.contain(method.getOwner().getName()))
                .anyMatch(method -> parameters(method)
                                .anyMatch(parameter ->
                                        parameter.getRawType().getName().equals("java.lang.Class"))
                        && calls(method, READS::contains));
    }

    private void add(JavaType type) {
        type.getAllInvolvedRawTypes().forEach(this::add);
    }

    private void add(JavaClass type) {
        if (type.isRecord() && type.getName().startsWith("io.flowmaestro.connections.") && found.add(type.getName())) {
            type.getFields().stream()
                    .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                    .forEach(component -> add(component.getType()));
        }
    }
}
