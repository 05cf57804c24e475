package io.flowmaestro.connections.kubernetes;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.stream.Stream;

/** Kubernetes' own models: every object is one that the API knows, without a field it does not know. */
final class Models implements Check {
    private static final String MODELS = "io.kubernetes.client.openapi.models.";
    private static final Map<String, String> CLASSES = Map.ofEntries(
            Map.entry("v1/ConfigMap", "V1ConfigMap"),
            Map.entry("v1/Namespace", "V1Namespace"),
            Map.entry("v1/Secret", "V1Secret"),
            Map.entry("v1/Service", "V1Service"),
            Map.entry("v1/ServiceAccount", "V1ServiceAccount"),
            Map.entry("apps/v1/Deployment", "V1Deployment"),
            Map.entry("apps/v1/StatefulSet", "V1StatefulSet"),
            Map.entry("batch/v1/Job", "V1Job"),
            Map.entry("policy/v1/PodDisruptionBudget", "V1PodDisruptionBudget"),
            Map.entry("autoscaling/v2/HorizontalPodAutoscaler", "V2HorizontalPodAutoscaler"),
            Map.entry("networking.k8s.io/v1/NetworkPolicy", "V1NetworkPolicy"),
            Map.entry("networking.k8s.io/v1/Ingress", "V1Ingress"));

    @Override
    public Stream<String> complaints(Rendering rendering) {
        return rendering.objects().stream().flatMap(Models::complaint);
    }

    static Stream<String> complaint(Manifest object) {
        String type = object.text("apiVersion") + "/" + object.kind();
        JsonElement json = new Gson().toJsonTree(object.content());
        if (!CLASSES.containsKey(type)) {
            return CustomResources.complaints(type, json.toString()).map(what -> object.title() + ": " + what);
        }
        try {
            Class.forName(MODELS + CLASSES.get(type))
                    .getMethod("validateJsonElement", JsonElement.class)
                    .invoke(null, json);
            return Stream.empty();
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IOException failure) {
                throw new UncheckedIOException(failure);
            }
            return Stream.of(object.title() + ": " + refused.getCause().getMessage());
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
