package io.flowmaestro.connections.registry.notice;

import io.flowmaestro.connections.scheduled.Rounds;
import io.flowmaestro.connections.settings.Refusal;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Writes to owners, from every replica. A crash between sending and noting it makes a message come twice; a mail server
 * that is away makes it come late.
 */
@ApplicationScoped
class NoticeSchedule {

    private static final Logger LOG = Logger.getLogger(NoticeSchedule.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int AT_ONCE = 4;

    private final DueDigests digests;
    private final ReactiveMailer mailer;
    private final NoticeConfig config;
    private final Rounds rounds;

    NoticeSchedule(DueDigests digests, ReactiveMailer mailer, NoticeConfig config, Rounds rounds) {
        this.digests = digests;
        this.mailer = mailer;
        this.config = config;
        this.rounds = rounds;
    }

    void announce(@Observes StartupEvent start) {
        if (config.smtpHost().isEmpty()) {
            LOG.info("Owners get no e-mail: CONNECTIONS_SMTP_HOST is not set.");
        } else if (config.publicUrl().isEmpty()) {
            throw new ConfigurationException(Refusal.of(List.of(
                    "CONNECTIONS_PUBLIC_URL must be set together with CONNECTIONS_SMTP_HOST: messages link there.")));
        }
    }

    @Scheduled(identity = "notices", every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> write() {
        if (config.smtpHost().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return rounds.run(() -> digests.claim(config.settle()).chain(this::each))
                .onFailure()
                .invoke(failure -> LOG.warnf("e-mail to owners pauses, and goes on shortly: %s", failure))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> each(List<UUID> users) {
        return Multi.createFrom()
                .iterable(users)
                .onItem()
                .transformToUni(this::write)
                .merge(AT_ONCE)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    /** One owner who cannot be written to stops no other. */
    private Uni<Void> write(UUID user) {
        return digests.letter(user)
                .chain(found -> found.map(this::send).orElseGet(() -> digests.drop(user)))
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warnf(
                            "the owner %s was not written to: %s",
                            user, failure.getClass().getSimpleName());
                    return digests.putOff(user);
                });
    }

    private Uni<Void> send(DueDigests.Letter letter) {
        Digest digest = Digest.of(letter.notices(), config.publicUrl().orElseThrow());
        return mailer.send(Mail.withText(letter.email(), digest.subject(), digest.text()))
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .chain(() -> digests.sent(letter, config.digest()));
    }
}
