package io.flowmaestro.connections.production;

import io.flowmaestro.connections.settings.Refusal;
import io.flowmaestro.connections.settings.SettingName;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Ends the start of a service that would run in production with what only a developer's machine may have, and says all of it at once. */
@ApplicationScoped
class ProductionChecks {

    private final Config config;
    private final boolean mesh;

    ProductionChecks(Config config, @ConfigProperty(name = "connections.mesh", defaultValue = "false") boolean mesh) {
        this.config = config;
        this.mesh = mesh;
    }

    /** Before anything else that a start brings, the scheduler's included: of this exception Quarkus shows the message alone. */
    void check(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE - 1) StartupEvent start) {
        var complaints = complaints(LaunchMode.current(), ConfigUtils.isProfileActive("local"));
        if (!complaints.isEmpty()) {
            throw new ConfigurationException(Refusal.of(complaints));
        }
    }

    private List<String> complaints(LaunchMode mode, boolean localProfile) {
        List<String> complaints = new ArrayList<>();
        config.getOptionalValue(IssuerCheck.KEY, String.class)
                .flatMap(issuer ->
                        IssuerCheck.complaint(name(IssuerCheck.KEY), issuer, localProfile || mode == LaunchMode.TEST))
                .ifPresent(complaints::add);
        audience().ifPresent(complaints::add);
        if (mode == LaunchMode.NORMAL && !localProfile && !mesh) {
            complaints.addAll(WireCheck.complaints(wires(), this::name));
        }
        return complaints.stream().distinct().sorted().toList();
    }

    private Optional<String> audience() {
        return Stream.of(AudienceCheck.OWN_KEY, AudienceCheck.KEY)
                .filter(key -> config.getConfigValue(key).getRawValue() != null)
                .findFirst()
                .flatMap(key -> AudienceCheck.complaint(
                        name(key), config.getOptionalValue(key, String.class).orElse("")));
    }

    private Map<String, String> wires() {
        var settings = new TreeMap<String, String>();
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(WireCheck::reads)
                .forEach(name ->
                        config.getOptionalValue(name, String.class).ifPresent(value -> settings.put(name, value)));
        return settings;
    }

    /** A variable that is named after the key comes before all that a file says of the key. */
    private String name(String key) {
        var variable = key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
        return isGiven(variable)
                ? variable
                : SettingName.of(key, config.getConfigValue(key).getRawValue(), this::isGiven);
    }

    private boolean isGiven(String variable) {
        return config.getOptionalValue(variable, String.class).isPresent();
    }
}
