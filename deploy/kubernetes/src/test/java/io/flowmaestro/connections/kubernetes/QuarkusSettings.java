package io.flowmaestro.connections.kubernetes;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** The settings of the Quarkus extensions on the class path, from the lists that they carry: variable to setting. */
final class QuarkusSettings {
    private static final String LIST = "META-INF/quarkus-config-doc/quarkus-config-model.json";
    private static final Map<String, Setting> SETTINGS = read();

    private QuarkusSettings() {}

    /** @param key with its dots
     *  @param standard what it is where nobody sets it */
    record Setting(String key, String standard, boolean readAtStart) {}

    static boolean readAtStart(String variable) {
        return SETTINGS.containsKey(variable) && SETTINGS.get(variable).readAtStart();
    }

    static String standard(String key) {
        return SETTINGS.values().stream()
                .filter(setting -> setting.key().equals(key))
                .map(Setting::standard)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Quarkus has no setting " + key));
    }

    private static Map<String, Setting> read() {
        Map<String, Setting> settings = new HashMap<>();
        try {
            for (URL list :
                    Collections.list(QuarkusSettings.class.getClassLoader().getResources(LIST))) {
                try (var reader = new InputStreamReader(list.openStream(), StandardCharsets.UTF_8)) {
                    collect(JsonParser.parseReader(reader), settings);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return settings;
    }

    private static void collect(JsonElement element, Map<String, Setting> settings) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(child -> collect(child, settings));
        } else if (element.isJsonObject()) {
            var object = element.getAsJsonObject();
            if (object.has("path") && object.get("path").isJsonObject()) {
                var path = object.getAsJsonObject("path");
                if (path.has("environmentVariable")) {
                    settings.put(
                            path.get("environmentVariable").getAsString(),
                            new Setting(
                                    path.get("property").getAsString(),
                                    text(object, "defaultValue"),
                                    "RUN_TIME".equals(text(object, "phase"))));
                }
            }
            object.entrySet().forEach(child -> collect(child.getValue(), settings));
        }
    }

    private static String text(com.google.gson.JsonObject object, String key) {
        return object.has(key) && object.get(key).isJsonPrimitive()
                ? object.get(key).getAsString()
                : "";
    }
}
