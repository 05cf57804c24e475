package io.flowmaestro.connections.registry.notice;

import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.broker;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.icegreen.greenmail.util.GreenMail;
import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.quarkus.test.common.QuarkusTestResource;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real SMTP server. */
@RegistryTest
@QuarkusTestResource(value = MailServer.class, restrictToAnnotatedClass = true)
class NoticeTest {

    private final UUID carol = UUID.randomUUID();
    /** As in carol's token. */
    private final String address = carol + "@example.com";

    @BeforeEach
    void carolHasAnAddress() {
        Registry.peersThatWork();
        as(carol).get("/api/users/me").then().statusCode(200).body("data.email", equalTo(address));
    }

    private void status(String id, String status, String reason) {
        broker(carol)
                .body("""
                        {"status": "%s", "status_reason": "%s", "expected_credential_generation": 1}""".formatted(status, reason))
                .put("/internal/connections/{id}/status", id)
                .then()
                .statusCode(200);
    }

    private List<MimeMessage> mails() {
        GreenMail server = MailServer.running();
        return Arrays.stream(server.getReceivedMessages())
                .filter(mail -> {
                    try {
                        return mail.getAllRecipients()[0].toString().equals(address);
                    } catch (jakarta.mail.MessagingException failure) {
                        throw new IllegalStateException(failure);
                    }
                })
                .toList();
    }

    private List<MimeMessage> await(int mails) {
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(() -> mails().size() >= mails);
        return mails();
    }

    @Test
    void tellsTheOwnerOfAllThatBrokeInOneMessage() throws Exception {
        String one = stored(carol, "openai");
        String two = stored(carol, "github");
        status(one, "expired", "The refresh token was refused.");
        status(two, "invalid", "The key was refused.");

        MimeMessage mail = await(1).getFirst();

        assertThat(mail.getSubject()).isEqualTo("2 connections need your attention");
        assertThat(mail.getContent().toString())
                .contains(
                        "My openai: has expired",
                        "The refresh token was refused.",
                        "My github: was refused",
                        "/connections")
                .doesNotContain("canary");
        assertThat(mail.getFrom()[0].toString()).contains("connections@");
        Awaitility.await()
                .until(() -> sql("select count(*) from registry.notices where user_id = '" + carol + "'")
                        .equals("0"));
    }

    @Test
    void doesNotFlood() throws Exception {
        String id = stored(carol, "openai");
        status(id, "expired", "no");
        await(1);
        status(id, "active", "yes");
        status(id, "expired", "no again");
        Thread.sleep(12_000);

        assertThat(mails()).hasSize(1);
        assertThat(sql("select count(*) from registry.notices where user_id = '" + carol + "'"))
                .isEqualTo("2");
    }

    @Test
    void keepsQuietWhereThatIsWanted() throws Exception {
        as(carol)
                .body("{\"notifications\": false}")
                .put("/api/users/me")
                .then()
                .statusCode(200)
                .body("data.notifications", equalTo(false));
        status(stored(carol, "openai"), "expired", "no");

        assertThat(sql("select count(*) from registry.notices where user_id = '" + carol + "'"))
                .isEqualTo("0");
    }
}
