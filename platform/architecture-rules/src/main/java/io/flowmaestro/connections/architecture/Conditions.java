package io.flowmaestro.connections.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** Conditions that ArchUnit does not have ready-made. */
final class Conditions {

    private static final String PRODUCES = "jakarta.ws.rs.Produces";

    private Conditions() {}

    static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a package whose package-info is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                }
            }
        };
    }

    /** An endpoint is a method with {@code @GET}, {@code @POST} and so on: an annotation that has {@code @HttpMethod}. */
    static DescribedPredicate<JavaMethod> endpoints() {
        return DescribedPredicate.describe(
                "endpoints",
                method -> method.getAnnotations().stream()
                        .anyMatch(annotation -> annotation.getRawType().isAnnotatedWith("jakarta.ws.rs.HttpMethod")));
    }

    static DescribedPredicate<JavaMethod> scheduled() {
        return DescribedPredicate.describe(
                "@Scheduled methods", method -> method.isAnnotatedWith("io.quarkus.scheduler.Scheduled"));
    }

    static ArchCondition<JavaMethod> sayWhatTheyProduce() {
        return new ArchCondition<>("have @Produces, or their class has") {
            @Override
            public void check(JavaMethod endpoint, ConditionEvents events) {
                if (!endpoint.isAnnotatedWith(PRODUCES) && !endpoint.getOwner().isAnnotatedWith(PRODUCES)) {
                    events.add(SimpleConditionEvent.violated(endpoint, endpoint.getFullName() + " has no @Produces"));
                }
            }
        };
    }

    static ArchCondition<JavaClass> beUsedInTheirPackageOnly() {
        return new ArchCondition<>("be used in their adapter package only") {
            @Override
            public void check(JavaClass client, ConditionEvents events) {
                client.getDirectDependenciesToSelf().stream()
                        .filter(use -> !use.getOriginClass().getPackage().equals(client.getPackage()))
                        .forEach(use -> events.add(SimpleConditionEvent.violated(client, use.getDescription())));
            }
        };
    }
}
