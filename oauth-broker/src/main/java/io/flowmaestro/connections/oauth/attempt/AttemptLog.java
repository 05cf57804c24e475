package io.flowmaestro.connections.oauth.attempt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.TokenReply;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The write-ahead log of refreshes. Its types hold the order: a lease before a request, a sealing key before it as well,
 * and an answer that is kept before it is read.
 */
@ApplicationScoped
public class AttemptLog {

    private static final Logger LOG = Logger.getLogger(AttemptLog.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AttemptRepository attempts;
    private final AnswerStore answers;
    private final Sealing sealing;
    private final RandomGenerator random;

    AttemptLog(AttemptRepository attempts, AnswerStore answers, Sealing sealing, RandomGenerator random) {
        this.attempts = attempts;
        this.answers = answers;
        this.sealing = sealing;
        this.random = random;
    }

    /** Takes the lease, unless something speaks against a call of the provider. */
    public Uni<Claim> claim(Contender contender) {
        return attempts.claim(contender)
                .chain(claim ->
                        claim instanceof Claim.Quarantined && contender.leeway().isPositive()
                                ? claimInLeeway(contender, claim)
                                : Uni.createFrom().item(claim));
    }

    /** While the provider takes a token that was redeemed, a lost answer can be had once more; past that it ends the grant. */
    private Uni<Claim> claimInLeeway(Contender contender, Claim quarantined) {
        return attempts.firstSentWithinLeeway(contender)
                .chain(within -> within
                        ? attempts.claim(contender.withoutQuarantine())
                        : Uni.createFrom().item(quarantined));
    }

    /**
     * Records that the provider is about to be asked. The key for its answer is made first: the vault has no say in
     * whether an answer can be kept.
     *
     * @param length for which the lease holds from now on
     * @param call for how long the provider may be asked after that
     * @return fails with {@link LeaseLapsed} where that took too long
     */
    public Uni<Sent> send(Lease lease, Duration length, Duration call) {
        var key = AnswerKey.random(random);
        return sealing.sealKey(lease.user(), lease.connection(), key.reveal())
                .chain(envelope -> recorded(lease, envelope, length, call))
                .map(held -> {
                    if (!held) {
                        throw new LeaseLapsed();
                    }
                    return new Sent(lease, key);
                });
    }

    /**
     * The word that it is on record may come late, to a process that stood still as well, and another may have taken over by
     * then. The lease began no earlier than we asked for it, and the call has to end within it.
     */
    private Uni<Boolean> recorded(Lease lease, JsonNode envelope, Duration length, Duration call) {
        long asked = System.nanoTime();
        return attempts.send(lease, envelope, length)
                .map(held ->
                        held && System.nanoTime() - asked < length.minus(call).toNanos());
    }

    /**
     * Makes an answer safe: the commit point of a refresh.
     *
     * @param origin whom it came from where no catalogue says so; may hold a client's secret, and is sealed with it
     * @return fails with {@link AttemptGone} for a user who was erased meanwhile
     */
    public Uni<Kept> keep(Sent sent, TokenReply reply, @Nullable ObjectNode origin) {
        UUID attempt = sent.lease().attempt();
        var sealed =
                new SealedAnswer(attempt, sent.lease().user(), AnswerSeal.seal(sent.key(), attempt, reply, origin));
        sent.key().close();
        return answers.keep(sealed).map(kept -> {
            if (!kept) {
                throw new AttemptGone();
            }
            return new Kept(sent.lease(), reply, origin);
        });
    }

    /** An answer that was kept before, by whatever replica. Empty where it is no longer needed, or cannot be opened now. */
    public Uni<Optional<Kept>> reopen(UUID user, UUID attempt) {
        return attempts.find(user, attempt)
                .chain(found -> found.isEmpty() ? Uni.createFrom().item(Optional.empty()) : reopen(found.get()));
    }

    private Uni<Optional<Kept>> reopen(AttemptRepository.Stored stored) {
        var lease = stored.lease();
        return sealing.openKey(lease.user(), lease.connection(), json(stored))
                .map(bytes -> {
                    try (var key = AnswerKey.of(bytes)) {
                        var opened = AnswerSeal.open(key, lease.attempt(), stored.answer());
                        return Optional.of(new Kept(lease, opened.reply(), opened.origin()));
                    }
                })
                .onFailure(AnswerUnreadable.class)
                .recoverWithUni(failure -> givenUp(lease, failure))
                .onFailure(AttemptLog::isRefusedByTheVault)
                .recoverWithUni(_ -> putAside(stored));
    }

    /** The vault says the same of all that it does not open, and some of that can be undone: a withdrawn version may come back. */
    private static boolean isRefusedByTheVault(Throwable failure) {
        return failure instanceof ProblemException problem && problem.code() == OAuthProblem.CREDENTIAL_UNREADABLE;
    }

    /** The key is there, and what it sealed is not: nothing will mend that. */
    private Uni<Optional<Kept>> givenUp(Lease lease, Throwable failure) {
        LOG.errorf(
                "The kept answer of attempt %s on connection %s cannot be opened and is given up: %s",
                lease.attempt(), lease.connection(), failure.getMessage());
        return attempts.end(lease, Ending.DISCARDED).replaceWith(Optional.empty());
    }

    /** One that waits to be published would be in the way of every later attempt; the others are in nobody's. */
    private Uni<Optional<Kept>> putAside(AttemptRepository.Stored stored) {
        var lease = stored.lease();
        boolean waits = stored.state().equals(Ending.LEFT_OVER.state());
        LOG.logf(
                waits ? Logger.Level.ERROR : Logger.Level.WARN,
                "The vault does not open the kept answer of attempt %s (%s) on connection %s; it is kept, and tried again",
                lease.attempt(),
                stored.state(),
                lease.connection());
        return waits
                ? attempts.end(lease, Ending.UNOPENED).replaceWith(Optional.empty())
                : Uni.createFrom().item(Optional.empty());
    }

    private static JsonNode json(AttemptRepository.Stored stored) {
        try {
            return JSON.readTree(stored.sealingKey().encode());
        } catch (IOException impossible) {
            throw new IllegalStateException("the column holds JSON", impossible);
        }
    }

    /** Attempts whose answers for the grant in use came too late to be published, or could not be read or opened then; the best first. */
    public Uni<List<UUID>> spare(Lease lease) {
        return attempts.spare(lease);
    }

    /** Earlier attempts at the same tokens whose answers could not be read or opened then; the newest first. */
    public Uni<List<UUID>> unread(Lease lease) {
        return attempts.unread(lease);
    }

    /** Whether another attempt at the same tokens may still come to something. */
    public Uni<Boolean> unresolved(Lease lease, Duration quarantine) {
        return attempts.unresolved(lease, quarantine);
    }

    /**
     * What becomes of tokens that came too late.
     *
     * @param present generation of the connection
     */
    public Uni<Ending> verdict(Lease lease, long present) {
        return attempts.verdict(lease, present);
    }

    /** Notes that the attempt's connection is missing for good, as far as anybody says. Answers whether it has been, each time that somebody looked, for so long. */
    public Uni<Boolean> missing(Lease lease, Duration undo) {
        return attempts.missing(lease, undo);
    }

    /** Notes that it is there, or may come back: if it was deleted, that was or can be taken back. */
    public Uni<Void> there(Lease lease) {
        return attempts.there(lease);
    }

    /** Records the end and gives the lease back. Answers how many refreshes of the connection had failed before. */
    public Uni<Integer> end(Lease lease, Ending ending) {
        return attempts.end(lease, ending);
    }
}
