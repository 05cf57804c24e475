package io.flowmaestro.connections.kubernetes;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The restricted Pod Security Standard, a root that is read-only, no token of the cluster, and bounds on memory. */
final class PodSecurity implements Check {
    private static final Set<String> VOLUMES = Set.of(
            "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");

    @Override
    public Stream<String> complaints(Rendering rendering) {
        return Stream.concat(
                rendering.workloads().flatMap(PodSecurity::ofPod),
                rendering
                        .ofKind("ServiceAccount")
                        .filter(account ->
                                !account.text("automountServiceAccountToken").equals("false"))
                        .map(account -> account.title() + " gives its token away"));
    }

    private static Stream<String> ofPod(Manifest workload) {
        Manifest pod = workload.podTemplate().at("spec");
        Stream<String> ofPod = Stream.of(
                        unless(pod.text("automountServiceAccountToken").equals("false"), "mounts a token"),
                        unless(
                                pod.list("volumes").stream()
                                        .flatMap(volume -> volume.list("projected", "sources").stream())
                                        .allMatch(source -> source.has("serviceAccountToken", "audience")),
                                "mounts a token that the cluster itself takes"),
                        unless(pod.text("securityContext", "runAsNonRoot").equals("true"), "may run as root"),
                        unless(!Set.of("", "0").contains(pod.text("securityContext", "runAsUser")), "runs as root"),
                        unless(
                                pod.text("securityContext", "seccompProfile", "type")
                                        .equals("RuntimeDefault"),
                                "has no seccomp profile"),
                        unless(
                                Stream.of("hostNetwork", "hostPID", "hostIPC").noneMatch(pod::has),
                                "shares a namespace of its host"),
                        unless(
                                pod.list("volumes").stream().allMatch(PodSecurity::allowed),
                                "has a volume of a kind that is not allowed"),
                        mounts(workload, pod))
                .flatMap(complaint -> complaint);
        return Stream.concat(ofPod, workload.containers().flatMap(PodSecurity::ofContainer))
                .map(what -> workload.title() + " " + what);
    }

    private static Stream<String> ofContainer(Manifest container) {
        Manifest context = container.at("securityContext");
        return Stream.of(
                        unless(context.text("allowPrivilegeEscalation").equals("false"), "may gain privileges"),
                        unless(context.text("readOnlyRootFilesystem").equals("true"), "writes to its root"),
                        unless(context.texts("capabilities", "drop").equals(List.of("ALL")), "keeps capabilities"),
                        unless(!context.has("privileged") && !context.has("capabilities", "add"), "is privileged"),
                        unless(
                                container.list("ports").stream().noneMatch(port -> port.has("hostPort")),
                                "has a host port"),
                        unless(container.has("resources", "limits", "memory"), "has no bound on its memory"),
                        unless(container.has("resources", "requests", "cpu"), "asks for no processor"))
                .flatMap(complaint -> complaint);
    }

    /** With a read-only root the JVM needs a /tmp, and every mount a volume. */
    private static Stream<String> mounts(Manifest workload, Manifest pod) {
        List<String> volumes = Stream.concat(
                        pod.list("volumes").stream(), workload.list("spec", "volumeClaimTemplates").stream())
                .map(volume -> volume.has("name") ? volume.text("name") : volume.name())
                .toList();
        return workload.containers().flatMap(container -> {
            List<Manifest> mounts = container.list("volumeMounts");
            return Stream.concat(
                    unless(
                            mounts.stream()
                                    .anyMatch(mount -> mount.text("mountPath").equals("/tmp")),
                            "has no /tmp"),
                    mounts.stream()
                            .filter(mount -> !volumes.contains(mount.text("name")))
                            .map(mount -> "mounts " + mount.text("name") + ", which is not there"));
        });
    }

    private static boolean allowed(Manifest volume) {
        return volume.content().keySet().stream().allMatch(key -> key.equals("name") || VOLUMES.contains(key));
    }

    private static Stream<String> unless(boolean good, String complaint) {
        return good ? Stream.empty() : Stream.of(complaint);
    }
}
