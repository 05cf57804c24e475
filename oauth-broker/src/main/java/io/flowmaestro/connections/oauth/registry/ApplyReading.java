package io.flowmaestro.connections.oauth.registry;

import io.flowmaestro.connections.verification.ApplyRules;
import io.flowmaestro.connections.verification.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a catalogue entry says that a credential is sent. */
final class ApplyReading {

    private ApplyReading() {}

    static ApplyRules of(ProviderWire.ApiKey wire) {
        return new ApplyRules(
                wire.base(),
                map(wire.header()),
                map(wire.query()),
                pair(wire.basic()),
                variables(wire.config(), wire.fields()),
                false);
    }

    static ApplyRules of(ProviderWire.BasicAuth wire) {
        return ApplyRules.basic(wire.base(), pair(wire.basic()), variables(wire.config(), wire.fields()));
    }

    static ApplyRules of(ProviderWire.Custom wire) {
        return ApplyRules.custom(wire.base(), variables(wire.config(), wire.fields()));
    }

    private static Map<String, Variable> variables(
            @Nullable Map<String, ProviderWire.Variable> config, @Nullable List<ProviderWire.Field> fields) {
        Map<String, Variable> all = new LinkedHashMap<>();
        if (fields != null) {
            fields.forEach(field -> all.put(
                    field.name(), new Variable(field.defaultValue(), list(field.values()), field.pattern(), null)));
        }
        map(config)
                .forEach((name, variable) -> all.put(
                        name,
                        new Variable(
                                variable.defaultValue(),
                                list(variable.values()),
                                variable.pattern(),
                                variable.fromKeySuffixAfter())));
        return all;
    }

    private static ApplyRules.@Nullable Basic pair(ProviderWire.@Nullable Basic wire) {
        return wire == null ? null : new ApplyRules.Basic(wire.user(), wire.pass());
    }

    private static List<String> list(@Nullable List<String> wire) {
        return wire == null ? List.of() : List.copyOf(wire);
    }

    private static <T> Map<String, T> map(@Nullable Map<String, T> wire) {
        return wire == null ? Map.of() : new LinkedHashMap<>(wire);
    }
}
