package io.flowmaestro.connections.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What GraalVM would be given; {@code -Dnative-sources}, which CI sets, has the build make it. GraalVM itself finds what these do not:
 * what other people's libraries do.
 */
class NativeSourcesTest {

    private static final Set<String> RANDOM = Set.of(
            "java.security.SecureRandom",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.util.random.RandomGenerator");

    @BeforeAll
    static void wereMade() {
        assumeTrue(
                System.getProperty("native-sources") != null,
                "native sources are made, and looked at, by mvn verify -Dnative-sources");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connection-registry", "credential-vault", "oauth-broker", "mcp-gateway"})
    void holdTheServiceAndMakeAProgramThatNeedsNoJvm(String service) throws IOException {
        var sources = NativeSources.of(service);

        assertThat(Files.size(sources.runner())).isGreaterThan(100_000);
        assertThat(sources.arguments())
                .contains(
                        "--no-fallback",
                        "--link-at-build-time",
                        "-jar",
                        sources.runner().getFileName().toString());
    }

    /** Each would put off to some day in production what the build could have told. */
    @ParameterizedTest
    @ValueSource(strings = {"connection-registry", "credential-vault", "oauth-broker", "mcp-gateway"})
    void leaveNothingForLaterThatABuildCouldRefuse(String service) throws IOException {
        assertThat(NativeSources.of(service).arguments())
                .noneMatch(argument -> argument.contains("report-unsupported-elements-at-runtime")
                        || argument.contains("ReportUnsupportedElementsAtRuntime")
                        || argument.contains("allow-incomplete-classpath")
                        || argument.contains("AllowIncompleteClasspath")
                        || argument.contains("--force-fallback")
                        || argument.contains("DeferNoClassDefFound"));
    }

    @ParameterizedTest
    @CsvSource({
        "connection-registry, io.flowmaestro.connections.registry.template.TemplateItem",
        "credential-vault, io.flowmaestro.connections.vault.shredding.LedgerEntry",
        "oauth-broker, io.flowmaestro.connections.oauth.credential.CredentialRequest",
        "mcp-gateway, io.flowmaestro.connections.mcp.upstream.ServerForm"
    })
    void holdEveryRecordThatJsonIsReadIntoOrWrittenOf(String service, String oneThatOnlyCodeNames) throws IOException {
        var sources = NativeSources.of(service);

        var records = JsonTypes.of(sources.classes());

        assertThat(records)
                .hasSizeGreaterThan(20)
                .contains(oneThatOnlyCodeNames, "io.flowmaestro.connections.http.Violation");
        assertThat(records).as("@RegisterForReflection is missing on").isSubsetOf(sources.reflected());
    }

    /** Caffeine has a class for each kind of cache, and of entry, and looks it up by its name. Quarkus names the most usual ones. */
    @ParameterizedTest
    @CsvSource({
        "connection-registry, SSSMWW",
        "oauth-broker, SSSMWW",
        "oauth-broker, PSAMS",
        "mcp-gateway, SSSMWW",
        "mcp-gateway, SSLMSA",
        "mcp-gateway, SSLMSW",
        "mcp-gateway, SSMWA",
        "mcp-gateway, PSAMS"
    })
    void holdTheKindsOfCachesThatAreMade(String service, String kind) throws IOException {
        assertThat(NativeSources.of(service).reflected()).contains("com.github.benmanes.caffeine.cache." + kind);
    }

    /** Of an endpoint that is not there, nobody would know that it is for a service without a user. */
    @ParameterizedTest
    @ValueSource(strings = {"connection-registry", "oauth-broker"})
    void holdEveryEndpointThatIsAskedForItsAnnotations(String service) throws IOException {
        var sources = NativeSources.of(service);

        var userless = sources.classes().stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.isAnnotatedWith("io.flowmaestro.connections.identity.Userless"))
                .toList();

        assertThat(userless).isNotEmpty();
        var methods = sources.methods();
        assertThat(userless)
                .allMatch(endpoint -> methods.contains(endpoint.getOwner().getName() + "#" + endpoint.getName())
                        || methods.contains(endpoint.getOwner().getName() + "#*"));
    }

    /** It would have the same seed at every start, so that the build ends. */
    @ParameterizedTest
    @ValueSource(strings = {"connection-registry", "credential-vault", "oauth-broker", "mcp-gateway"})
    void keepNoRandomNumberGenerator(String service) throws IOException {
        var sources = NativeSources.of(service);

        Set<String> keepers = sources.classes().stream()
                .filter(type -> type.getFields().stream().anyMatch(NativeSourcesTest::isSeeded))
                .map(JavaClass::getName)
                .collect(Collectors.toSet());

        assertThat(keepers)
                .as("name it in META-INF/native-image/…/native-image.properties of its module")
                .isSubsetOf(sources.initializedAtRunTime());
    }

    private static boolean isSeeded(JavaField field) {
        String type = field.getRawType().getName();
        return field.getModifiers().contains(JavaModifier.STATIC)
                && (RANDOM.contains(type) || type.startsWith("com.fasterxml.uuid."));
    }
}
