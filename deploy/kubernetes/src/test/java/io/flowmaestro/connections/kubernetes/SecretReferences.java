package io.flowmaestro.connections.kubernetes;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every Secret that a pod refers to is in the README's table, with that key, and no secret is in a manifest. */
final class SecretReferences implements Check {
    /** {@code | `connections-oauth-broker` | `service-secret`, `…` |}. */
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z-]+)` \\| (.+?) \\|", Pattern.MULTILINE);

    private static final Pattern KEY = Pattern.compile("`([a-z.-]+)`");
    private static final Pattern SECRET_VARIABLE = Pattern.compile(".*(PASSWORD|SECRET|TOKEN|_KEY|_KEY_NEXT)");

    record Reference(String secret, String key) {}

    @Override
    public Stream<String> complaints(Rendering rendering) {
        Set<Reference> declared = declared();
        return rendering
                .workloads()
                .flatMap(workload -> Stream.concat(
                        references(workload)
                                .filter(reference -> !declared.contains(reference))
                                .map(reference ->
                                        workload.title() + " refers to " + reference + ", which is not declared"),
                        Environment.plain(workload).keySet().stream()
                                .filter(name -> SECRET_VARIABLE.matcher(name).matches())
                                .map(name -> workload.title() + " has the secret " + name + " in clear")));
    }

    static Set<Reference> declared() {
        return ROW.matcher(Repository.text("deploy/kubernetes/README.md"))
                .results()
                .flatMap(row ->
                        KEY.matcher(row.group(2)).results().map(key -> new Reference(row.group(1), key.group(1))))
                .collect(Collectors.toSet());
    }

    static Stream<Reference> references(Manifest workload) {
        Stream<Reference> variables = workload.containers()
                .flatMap(container -> container.list("env").stream())
                .filter(variable -> variable.has("valueFrom", "secretKeyRef"))
                .map(variable -> variable.at("valueFrom", "secretKeyRef"))
                .map(reference -> new Reference(reference.text("name"), reference.text("key")));
        Stream<Reference> files = workload.podTemplate().list("spec", "volumes").stream()
                .filter(volume -> volume.has("secret"))
                .flatMap(volume -> volume.list("secret", "items").stream()
                        .map(item -> new Reference(volume.text("secret", "secretName"), item.text("key"))));
        return Stream.concat(variables, files);
    }
}
