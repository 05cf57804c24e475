package io.flowmaestro.connections.oauth.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.oauth.provider.Provider;
import io.flowmaestro.connections.oauthclient.OAuthDefinition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Turns a catalogue entry into what the broker works with. */
final class ProviderReading {

    private static final Logger LOG = Logger.getLogger(ProviderReading.class);

    private ProviderReading() {}

    static Provider of(ProviderWire wire) {
        var methods = wire.methods();
        return new Provider(
                wire.key(),
                wire.name() == null ? wire.key() : wire.name(),
                methods == null || methods.oauth2() == null ? null : oauth(wire.key(), methods.oauth2()),
                methods == null || methods.apiKey() == null ? null : ApplyReading.of(methods.apiKey()),
                methods == null || methods.basicAuth() == null ? null : ApplyReading.of(methods.basicAuth()),
                methods == null || methods.custom() == null ? null : ApplyReading.of(methods.custom()));
    }

    /** A definition of a newer registry's which this version cannot follow costs that provider only. */
    private static @Nullable OAuthDefinition oauth(String key, JsonNode block) {
        try {
            return OAuthDefinition.read(block);
        } catch (IllegalArgumentException notUnderstood) {
            LOG.warnf("The OAuth method of provider %s is not offered: %s", key, notUnderstood.getMessage());
            return null;
        }
    }
}
