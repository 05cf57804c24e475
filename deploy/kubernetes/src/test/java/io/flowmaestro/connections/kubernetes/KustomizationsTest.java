package io.flowmaestro.connections.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What kustomize starts from is what the chart renders: {@code -Dkustomize.write=true} writes it anew. */
class KustomizationsTest {
    /** Of the form that deploy/images/build gives to tags, and of no image: an operator puts another. */
    private static final String TAG = "0.1.0-0123456789ab";

    private static final String HEADER = """
            # Rendered from the chart by KustomizationsTest, and held equal to it. Change the chart, then run
            # mvn -pl deploy/kubernetes -am test -Dtest=KustomizationsTest -Dkustomize.write=true -Dsurefire.failIfNoSpecifiedTests=false
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            base/connections.yaml | |
            components/gateway-api/routes.yaml | gateway.enabled=true,gateway.rateLimit.enabled=true,gateway.parentRefs[0].name=public,gateway.parentRefs[0].namespace=gateways | gateway
            components/nginx-ingress/ingresses.yaml | ingress.enabled=true | ingress
            components/pod-monitor/pod-monitor.yaml | monitoring.podMonitor.enabled=true | podmonitor
            components/journal-volume/oauth-broker.yaml | journal.persistence.enabled=true | workloads
            """)
    void startFromWhatTheChartRenders(String file, String values, String template) throws IOException {
        String rendered = template == null
                ? Tools.helm("template", "connections", "chart", "-f", "values/example.yaml")
                : Tools.helm(
                        "template",
                        "connections",
                        "chart",
                        "-f",
                        "values/example.yaml",
                        "--set",
                        values,
                        "--show-only",
                        "templates/" + template + ".yaml");
        String wanted = HEADER + (file.startsWith("components/journal") ? ofTheBroker(rendered) : rendered);
        Path path = Repository.KUBERNETES.resolve("kustomize").resolve(file);
        if (Boolean.getBoolean("kustomize.write")) {
            Files.writeString(path, wanted);
        }

        assertThat(Repository.text(path)).isEqualTo(wanted);
    }

    /** Written once, it is that of all five images. */
    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void nameOneTagForAllImages(String overlay) {
        assertThat(Repository.text("deploy/kubernetes/kustomize/overlays/" + overlay + "/kustomization.yaml"))
                .containsOnlyOnce(TAG)
                .doesNotContain("latest");

        assertThat(Rendering.kustomization(overlay)
                        .workloads()
                        .flatMap(Manifest::containers)
                        .map(container -> container.text("image")))
                .hasSize(5)
                .allSatisfy(image -> assertThat(image).endsWith(":" + TAG));
    }

    /** The StatefulSet and its Service; everything else is in the base. */
    private static String ofTheBroker(String rendered) {
        var kept = new StringBuilder();
        for (String document : rendered.split("(?m)^---\n")) {
            if (document.contains("kind: StatefulSet\nmetadata")
                    || document.contains("oauth-broker-replicas\n  labels")) {
                kept.append("---\n").append(document);
            }
        }
        return kept.toString();
    }
}
