package io.flowmaestro.connections.oauthclient;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.catalog.Category;
import io.flowmaestro.connections.catalog.LiveCatalog;
import io.flowmaestro.connections.catalog.Methods;
import io.flowmaestro.connections.catalog.OAuth2Method;
import io.flowmaestro.connections.catalog.Provider;
import io.flowmaestro.connections.catalog.TokenAuth;
import io.flowmaestro.connections.egress.EgressRequest;
import io.flowmaestro.connections.egress.RedirectedEgress;
import io.flowmaestro.connections.emulator.Behaviour;
import io.flowmaestro.connections.emulator.EmulatedClient;
import io.flowmaestro.connections.emulator.ProviderEmulator;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One provider of the catalogue, emulated, and this library talking to it as the broker does. */
final class Emulated implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    static final String REDIRECT = "https://connections.example/api/oauth/p/callback";
    static final String STATE = "s".repeat(43);
    static final String VERIFIER = "v".repeat(43);

    /** Of the client that signs. */
    static final KeyPair KEYS = keys();

    /** No provider of the catalogue wants signed assertions yet. */
    static final OAuthDefinition SIGNING = TestSettings.read("""
            {"authorize": "https://signing.example/authorize", "token": "https://signing.example/token",
             "token_auth": "private_key_jwt", "pkce": "required", "default_scopes": ["basic"],
             "refresh": {"rotates": true, "access_ttl_s": 3600},
             "revoke": {"method": "POST", "url": "https://signing.example/revoke", "auth": "body"},
             "account": {"method": "GET", "url": "https://signing.example/me", "id": "id", "name": "email"}}""");

    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Vertx VERTX = Vertx.vertx();
    static final RedirectedEgress EGRESS = new RedirectedEgress(VERTX, ProviderEmulator.ORIGIN);

    /** Values for variables without a default, tried in this order against what the catalogue allows. */
    private static final List<String> SAMPLES =
            List.of("acme", "4620816365", "https://accounts.zoho.eu", "acme.example");

    final Provider provider;
    final OAuth2Method facts;
    final OAuthDefinition definition;
    final ProviderEmulator emulator;
    final ClientCredentials client;
    final TokenEndpoint tokens = new TokenEndpoint(EGRESS, new TestLimits(), CLOCK);
    final AccountLookup accounts = new AccountLookup(EGRESS, new TestLimits());
    final RevocationEndpoint revocations = new RevocationEndpoint(EGRESS, new TestLimits(), CLOCK);
    final AuthorizationEndpoint authorizations = new AuthorizationEndpoint(EGRESS, new TestLimits(), CLOCK);

    private Emulated(Provider provider) {
        this.provider = provider;
        this.facts = java.util.Objects.requireNonNull(provider.methods().oauth2());
        // As it comes from the registry: through JSON.
        this.definition = OAuthDefinition.read(JsonMapper.builder().build().valueToTree(facts));
        Map<String, String> tenant = new TreeMap<>(chosen());
        facts.callbackPatterns().forEach((name, pattern) -> tenant.put(name, sample(name, pattern)));
        boolean signs = facts.tokenAuth() == TokenAuth.PRIVATE_KEY_JWT;
        this.client = new ClientCredentials(
                "client:1",
                Secret.of(signs ? "" : "s3cr&t"),
                signs ? new ClientKey(KEYS.getPrivate(), "key-1") : null,
                REDIRECT);
        this.emulator = ProviderEmulator.start(
                VERTX, facts, tenant, new EmulatedClient("client:1", "s3cr&t", REDIRECT, KEYS.getPublic()), CLOCK);
        EGRESS.to(emulator.port());
    }

    /** Every provider of the catalogue that has an OAuth method, and what none of them does. */
    static Stream<Provider> providers() {
        return Stream.concat(catalogued(), Stream.of(madeUp("signing", SIGNING)))
                .sorted(Comparator.comparing(Provider::key));
    }

    /** A file that is added is in here. */
    static Stream<Provider> catalogued() {
        return new LiveCatalog(Optional.empty(), _ -> null)
                .current().all().stream()
                        .filter(provider -> provider.methods().oauth2() != null)
                        .sorted(Comparator.comparing(Provider::key));
    }

    static Emulated of(Provider provider, Behaviour... behaviour) {
        var emulated = new Emulated(provider);
        emulated.emulator.behave(behaviour);
        return emulated;
    }

    /** A provider that no file describes, for what no provider of the catalogue does. */
    static Emulated of(OAuthDefinition definition) {
        return new Emulated(madeUp("made-up", definition));
    }

    private static Provider madeUp(String key, OAuthDefinition definition) {
        var methods = new Methods(definition.facts(), null, null, null, null);
        return new Provider(key, "Made up", Category.OTHER, null, null, null, null, methods);
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }

    /** What a user has to choose. */
    Map<String, String> chosen() {
        Map<String, String> chosen = new TreeMap<>();
        facts.config().forEach((name, variable) -> {
            if (variable.defaultValue() == null) {
                chosen.put(
                        name,
                        variable.values().isEmpty()
                                ? sample(name, variable.pattern())
                                : variable.values().getFirst());
            }
        });
        return chosen;
    }

    private String sample(String name, String pattern) {
        return SAMPLES.stream()
                .filter(value -> pattern == null || value.matches(pattern))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "add a sample for the variable " + name + " of " + provider.key() + " (" + pattern + ")"));
    }

    List<String> scopes() {
        if (facts.noScope()) {
            return List.of();
        }
        List<String> scopes = new ArrayList<>(facts.defaultScopes());
        scopes.add("extra.read");
        scopes.add("extra:write");
        return scopes;
    }

    AuthorizationRequest authorization() {
        return new AuthorizationRequest(
                client.id(), REDIRECT, scopes(), List.of("optional.one", "optional.two"), STATE, challenge());
    }

    private static String challenge() {
        try {
            return java.util.Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(java.security.MessageDigest.getInstance("SHA-256")
                            .digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }

    String authorizeUrl() {
        var start = await(authorizations.start(definition.settings(chosen()), client, authorization()));
        return ((AuthorizationStart.Ready) start).url();
    }

    /** What the user's browser brings back. */
    Map<String, String> callback(String url) {
        var answer = await(EGRESS.send(EgressRequest.get(url)));
        String location = answer.header("Location")
                .orElseThrow(() -> new AssertionError(
                        "the provider did not send the user back: " + answer.body() + emulator.complaints()));
        if (!location.startsWith(REDIRECT + "?")) {
            throw new AssertionError("sent to " + location);
        }
        return query(location);
    }

    Map<String, String> callback() {
        return callback(authorizeUrl());
    }

    /** A fresh code, while token requests are being changed. */
    Map<String, String> callbackUntampered() {
        return EGRESS.untampered(this::callback);
    }

    OAuthSettings settings(Map<String, String> callback) {
        return definition.settings(definition.learn(chosen(), callback, client));
    }

    TokenAnswer exchange(Map<String, String> callback) {
        var settings = settings(callback);
        return await(tokens.exchange(
                settings,
                client,
                callback.get("code"),
                REDIRECT,
                settings.pkceRejected() ? null : Secret.of(VERIFIER)));
    }

    TokenGrant grant() {
        return granted(exchange(callback()));
    }

    /** A whole connection, as it is sealed and opened again. */
    OAuthTokens connect() {
        var callback = callback();
        var grant = granted(exchange(callback));
        var account = await(accounts.find(settings(callback), grant));
        return TokenData.read(TokenData.write(grant.tokens(scopes()).with(account.variables())));
    }

    TokenAnswer refresh(OAuthTokens connection, Secret refreshToken) {
        var settings = definition.settings(connection);
        return await(tokens.refresh(settings, client, refreshToken, connection.scope()))
                .read(settings);
    }

    OAuthTokens renewed(OAuthTokens connection) {
        var secret = connection.renewalSecret(definition.settings(connection));
        return connection.renewedBy(granted(refresh(connection, secret)));
    }

    RevocationOutcome revoke(OAuthTokens connection) {
        return await(revocations.revoke(definition.settings(connection), client, connection));
    }

    TokenGrant granted(TokenAnswer answer) {
        if (answer instanceof TokenAnswer.Granted granted) {
            return granted.grant();
        }
        throw new AssertionError(answer + " " + emulator.complaints());
    }

    static Map<String, String> query(String url) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : URI.create(url).getRawQuery().split("&", -1)) {
            String[] halves = pair.split("=", 2);
            parameters.put(halves[0], URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        emulator.close();
    }
}
