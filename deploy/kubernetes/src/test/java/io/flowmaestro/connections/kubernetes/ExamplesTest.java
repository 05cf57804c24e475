package io.flowmaestro.connections.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.kubernetes.SecretReferences.Reference;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of where Secrets come from make every one that an installation of few values needs. */
class ExamplesTest {
    @ParameterizedTest
    @ValueSource(strings = {"external-secrets", "secrets-store-csi", "cert-manager"})
    void areOfKindsThatTheClusterKnows(String example) {
        assertThat(example(example).objects()).isNotEmpty();
        assertThat(example(example).objects().stream().flatMap(Models::complaint))
                .isEmpty();
    }

    @Test
    void makeEverySecretByTheExternalSecretsOperator() {
        Set<Reference> made = example("external-secrets")
                .ofKind("ExternalSecret")
                .flatMap(secret -> secret.list("spec", "data").stream()
                        .map(data -> new Reference(secret.text("spec", "target", "name"), data.text("secretKey"))))
                .collect(Collectors.toSet());

        assertThat(made).containsAll(needed());
    }

    @Test
    void makeEverySecretByTheSecretsStoreDriver() {
        Set<Reference> made = example("secrets-store-csi")
                .ofKind("SecretProviderClass")
                .flatMap(provider -> provider.list("spec", "secretObjects").stream())
                .flatMap(secret -> secret.list("data").stream()
                        .map(data -> new Reference(secret.text("secretName"), data.text("key"))))
                .collect(Collectors.toSet());

        assertThat(made).containsAll(needed());
    }

    /** A certificate for each service, of the name by which its peers call it. */
    @Test
    void makeEveryCertificateByCertManager() {
        var certificates = example("cert-manager").ofKind("Certificate").toList();

        assertThat(Rendering.chart().services())
                .allSatisfy(service -> assertThat(certificates).anySatisfy(certificate -> {
                    assertThat(certificate.text("spec", "secretName")).endsWith("-" + service.service());
                    assertThat(certificate.texts("spec", "dnsNames")).contains(service.name());
                    assertThat(SecretReferences.references(service))
                            .contains(new Reference(certificate.text("spec", "secretName"), "tls.key"));
                }));
    }

    private static Set<Reference> needed() {
        Set<Reference> needed = Rendering.chart()
                .workloads()
                .flatMap(SecretReferences::references)
                .filter(reference -> !reference.secret().startsWith("connections-tls-"))
                .collect(Collectors.toSet());
        assertThat(needed).hasSizeGreaterThan(10);
        return needed;
    }

    private static Rendering example(String name) {
        return Rendering.of(name, Repository.text("deploy/kubernetes/examples/" + name + ".yaml"));
    }
}
