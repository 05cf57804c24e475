package io.flowmaestro.connections.local.suite;

import io.flowmaestro.connections.local.home.FullDisk;
import io.flowmaestro.connections.local.home.PrivateFiles;
import java.io.IOException;
import java.net.URI;

/** The provider {@code demo} as a catalogue file. Written at each start, because its addresses follow the ports. */
final class DemoProviderFile {
    private DemoProviderFile() {}

    static void write(Installation installation) {
        try {
            PrivateFiles.write(
                    installation.home().providers().resolve("demo.yaml"),
                    content(installation.ports().demoUrl()));
        } catch (IOException failure) {
            throw FullDisk.refusal(
                    installation.home(),
                    failure,
                    "The provider file of the demo provider cannot be written: " + failure.getMessage());
        }
    }

    static String content(URI demo) {
        return """
                # Written by ./connections up at each start; changes are lost.
                key: demo
                name: Demo provider
                category: developer
                methods:
                  oauth2:
                    authorize: %1$s/auth
                    token: %1$s/token
                    revoke:
                      method: POST
                      url: %1$s/token/revocation
                    default_scopes: [openid, offline_access]
                    pkce: required
                    token_auth: basic
                    authorize_params:
                      prompt: consent
                    refresh:
                      rotates: true
                    account:
                      method: GET
                      url: %1$s/me
                      id: sub
                      name: email
                """.formatted(demo);
    }
}
