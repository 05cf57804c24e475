package io.flowmaestro.connections.oauthclient;

import io.flowmaestro.connections.catalog.OAuth2Method;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a callback tells besides the code. It comes through the browser, so nothing of it is believed unchecked. */
final class CallbackVariables {

    private final OAuth2Method facts;

    CallbackVariables(OAuth2Method facts) {
        this.facts = facts;
    }

    /**
     * The chosen variables and those that the callback tells.
     *
     * @throws VariablesRefused naming the parameter that is missing, forged or not of the provider's
     */
    Map<String, String> learn(Map<String, String> chosen, Map<String, String> query, ClientCredentials client) {
        if (facts.callbackHmac() != null) {
            requireSigned(facts.callbackHmac(), query, client);
        }
        facts.callbackEquals().forEach((name, template) -> {
            if (!TextTemplate.fill(template, chosen).equals(query.get(name))) {
                throw refused(name, "is not what this flow began with");
            }
        });
        Map<String, String> learned = new TreeMap<>(chosen);
        facts.callbackPatterns().keySet().forEach(name -> {
            String value = query.get(name);
            if (value != null) {
                learned.put(name, value);
            } else if (isNeeded(name)) {
                throw refused(name, "is missing from the provider's answer");
            }
        });
        return learned;
    }

    private boolean isNeeded(String name) {
        return facts.token() != null && UrlTemplate.names(facts.token()).contains(name);
    }

    private static void requireSigned(String parameter, Map<String, String> query, ClientCredentials client) {
        Map<String, String> signed = new TreeMap<>(query);
        String signature = signed.remove(parameter);
        String message = signed.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .collect(Collectors.joining("&"));
        String expected = HexFormat.of().formatHex(hmac(client.secret().reveal(), message));
        if (signature == null || !MessageDigest.isEqual(bytes(expected), bytes(signature))) {
            throw refused(parameter, "does not sign the provider's answer");
        }
    }

    private static byte[] hmac(String key, String message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes(key), "HmacSHA256"));
            return mac.doFinal(bytes(message));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no HMAC-SHA-256", missing);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static VariablesRefused refused(String name, String problem) {
        return new VariablesRefused(Map.of(name, problem));
    }
}
