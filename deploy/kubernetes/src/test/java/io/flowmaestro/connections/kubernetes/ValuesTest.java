package io.flowmaestro.connections.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

class ValuesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            publicUrl=http://connections.example | publicUrl
            publicUrl=https://connections.example/ | publicUrl
            publicURL=https://connections.example | publicURL
            issuer= | issuer
            database.url=postgresql://me:secret@db.example/connections | url
            database.tls.mode=require | mode
            database.pooler=yes please | pooler
            encryptionKey.secretKey= | encryptionKey
            encryptionKey.uri=https://kms.example | uri
            services.oauth-broker.replicas=0 | replicas
            services.oauth-brokers.replicas=2 | oauth-brokers
            services.oauth-broker.env.lowercase=x | lowercase
            networkPolicy.database[0].cidr=10.0.0.0/8 | database
            networkPolicy.internet=none | internet
            pods.spread.nodes=Maybe | nodes
            image.tag=0.1.0:latest | tag
            mcp.replicas=hostname | replicas
            """)
    void ofAWrongKindAreRefusedWithTheirName(String setting, String name) {
        var refused =
                Tools.helmResult("template", "connections", "chart", "-f", "values/example.yaml", "--set", setting);

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.errors()).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "networkPolicy.identityProvider=null",
                "networkPolicy.database=null",
                "gateway.enabled=true",
                "database.tls.mode=disable",
                "database.pooler=true"
            })
    void thatNeedOthersSayWhichOnes(String setting) {
        var refused =
                Tools.helmResult("template", "connections", "chart", "-f", "values/example.yaml", "--set", setting);

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.errors()).containsAnyOf("is empty", "is missing", "networkPolicy", "is disable");
    }

    @Test
    void withoutWhatOnlyAnOperatorKnowsNothingIsInstalled() {
        assertThat(Tools.helmResult("template", "connections", "chart").errors())
                .contains("publicUrl", "issuer");
    }

    /** Images are tagged with version and commit alone, so that none can be assumed. */
    @Test
    void sayWhichImagesToTake() {
        assertThat(Tools.helmResult(
                                "template", "connections", "chart", "-f", "values/example.yaml", "--set", "image.tag=")
                        .errors())
                .contains("image.tag is missing", "deploy/images/build");
    }

    @Test
    void passTheLinter() {
        assertThat(Tools.helm("lint", "chart", "--strict", "-f", "values/example.yaml"))
                .contains("0 chart(s) failed");
        assertThat(Tools.helm("lint", "chart", "--strict", "-f", "values/example.yaml", "-f", "values/everything.yaml"))
                .contains("0 chart(s) failed");
    }

    /** A value is documented by a comment on it or on what it is in, and used by a template. */
    @Test
    void areEachUsedByATemplate() {
        String templates = Stream.of(Repository.KUBERNETES
                        .resolve("chart/templates")
                        .toFile()
                        .listFiles())
                .map(file -> Repository.text(file.toPath()))
                .reduce("", String::concat);
        Map<String, Object> values = new Yaml().load(Repository.text("deploy/kubernetes/chart/values.yaml"));

        assertThat(leaves(values))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(templates).containsPattern("[.]" + name + "\\b"));
    }

    /** Resources, peers and selectors are Kubernetes' own, and handed on whole. */
    @SuppressWarnings("unchecked")
    private static List<String> leaves(Map<String, Object> values) {
        List<String> names = new ArrayList<>();
        values.forEach((name, value) -> {
            if (!name.contains("-")) {
                names.add(name);
            }
            if (value instanceof Map<?, ?> nested && !name.equals("resources")) {
                names.addAll(leaves((Map<String, Object>) nested));
            }
        });
        return names;
    }

    @Test
    void haveTheEgressGuardsIdeaOfTheInternet() {
        Map<String, Map<String, Map<String, List<String>>>> values =
                new Yaml().load(Repository.text("deploy/kubernetes/chart/values.yaml"));
        var internet = values.get("networkPolicy").get("notTheInternet");

        assertThat(internet.get("ipv4")).isEqualTo(EgressLists.specialIpv4());
        assertThat(internet.get("ipv6")).isEqualTo(EgressLists.specialIpv6());
        assertThat(EgressLists.globalIpv6()).isEqualTo("2000::/3");
    }
}
