package io.flowmaestro.connections.registry.notice;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A real SMTP server on a free port, and settings that write to it at once. */
public class MailServer implements QuarkusTestResourceLifecycleManager {

    private static GreenMail server;

    static GreenMail running() {
        return server;
    }

    @Override
    public Map<String, String> start() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        return Map.of(
                "CONNECTIONS_SMTP_HOST", "127.0.0.1",
                "CONNECTIONS_SMTP_PORT", String.valueOf(server.getSmtp().getPort()),
                "CONNECTIONS_SMTP_START_TLS", "DISABLED",
                "quarkus.mailer.mock", "false",
                "registry.notices.settle", "3s");
    }

    @Override
    public void stop() {
        server.stop();
    }
}
