package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.oauthclient.Secret;

/**
 * Proof Key for Code Exchange (RFC 7636), S256 only. The verifier is derived from the browser's cookie and the state,
 * so no secret is stored: whoever reads the database has neither of the two.
 */
record Pkce(Secret verifier) {

    private static final String LABEL = "pkce-verifier";

    /** 43 characters of the unreserved set, as section 4.1 asks. */
    static Pkce of(BrowserSecret browser, State state) {
        byte[] derived = Hashing.hmacSha256(browser.value(), LABEL + state.value());
        return new Pkce(Secret.of(Hashing.base64Url(derived)));
    }

    /** Section 4.2. */
    String challenge() {
        return Hashing.base64Url(Hashing.sha256(verifier.reveal()));
    }
}
