package io.flowmaestro.connections.oauth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class PkceTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final BrowserSecret browser = BrowserSecret.of(null, RANDOM);
    private final State state = State.random(RANDOM);

    @Test
    void theVerifierIsDerivedFromCookieAndState() throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(browser.value().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        byte[] expected = mac.doFinal(("pkce-verifier" + state.value()).getBytes(StandardCharsets.US_ASCII));
        String verifier = Pkce.of(browser, state).verifier().reveal();
        assertThat(verifier)
                .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(expected))
                .matches("[A-Za-z0-9._~-]{43,128}");
    }

    @Test
    void theChallengeIsTheVerifiersSha256() throws Exception {
        var pkce = Pkce.of(browser, state);
        byte[] digest = MessageDigest.getInstance("SHA-256")
                .digest(pkce.verifier().reveal().getBytes(StandardCharsets.US_ASCII));
        assertThat(pkce.challenge())
                .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
    }

    @Test
    void anotherStateOrAnotherBrowserGivesAnotherVerifier() {
        String verifier = Pkce.of(browser, state).verifier().reveal();
        assertThat(Pkce.of(browser, State.random(RANDOM)).verifier().reveal()).isNotEqualTo(verifier);
        assertThat(Pkce.of(BrowserSecret.of(null, RANDOM), state).verifier().reveal())
                .isNotEqualTo(verifier);
    }
}
