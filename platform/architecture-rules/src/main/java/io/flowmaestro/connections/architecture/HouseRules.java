package io.flowmaestro.connections.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The house rules, each with the reason that its failure prints. */
public final class HouseRules {

    private HouseRules() {}

    /**
     * Checks the main classes under a service's root package.
     *
     * @throws AssertionError naming every place that breaks a rule
     */
    public static void check(String rootPackage) {
        JavaClasses service = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(rootPackage);
        if (service.isEmpty()) {
            throw new AssertionError("no classes under " + rootPackage);
        }
        check(rootPackage, service);
    }

    static void check(String rootPackage, JavaClasses classes) {
        rules(rootPackage).forEach(rule -> rule.allowEmptyShould(true).check(classes));
    }

    private static List<ArchRule> rules(String rootPackage) {
        return List.of(
                slices().matching(rootPackage + ".(*)..").should().beFreeOfCycles(),
                noFields()
                        .should()
                        .beAnnotatedWith(Inject.class)
                        .orShould()
                        .beAnnotatedWith(RestClient.class)
                        .orShould()
                        .beAnnotatedWith(ConfigProperty.class)
                        .because("a constructor shows what a class needs"),
                noClasses()
                        .that()
                        .haveSimpleNameEndingWith("Service")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("jakarta.ws.rs..")
                        .because("HTTP ends at the resource"),
                noClasses()
                        .should()
                        .callMethod(Uni.class, "await")
                        .orShould()
                        .callMethod(Uni.class, "subscribe")
                        .orShould()
                        .callMethod(Multi.class, "subscribe")
                        .because("the framework subscribes, and nothing blocks an event loop"),
                methods()
                        .that(Conditions.endpoints())
                        .should()
                        .bePublic()
                        .because("Quarkus REST passes over any other in silence, and the path answers 404"),
                methods()
                        .that(Conditions.endpoints())
                        .and()
                        .areDeclaredInClassesThat()
                        .areNotInterfaces()
                        .should(Conditions.sayWhatTheyProduce())
                        .because("Quarkus REST writes toString() to a client that accepts text alone"),
                classes()
                        .that()
                        .containAnyMethodsThat(Conditions.scheduled())
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("io.flowmaestro.connections.scheduled.Rounds")
                        .because("a service that is told to stop ends its rounds before what they use ends"),
                classes().should(Conditions.beInANullMarkedPackage()),
                classes()
                        .that()
                        .areAnnotatedWith("org.eclipse.microprofile.rest.client.inject.RegisterRestClient")
                        .should(Conditions.beUsedInTheirPackageOnly()));
    }
}
