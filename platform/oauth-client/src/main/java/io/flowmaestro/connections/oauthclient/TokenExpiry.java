package io.flowmaestro.connections.oauthclient;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** When an access token ends: computed from the moment its answer arrived here, so the provider's clock is not asked. */
final class TokenExpiry {

    /** A hundred years; more is a provider's way of saying never. */
    private static final BigDecimal LONGEST = BigDecimal.valueOf(100L * 365 * 24 * 3600);

    private TokenExpiry() {}

    static @Nullable Instant of(JsonNode answer, TokenResponseRules rules, Instant receivedAt) {
        var relative = rules.expiresIn().stream()
                .map(path -> path.text(answer))
                .flatMap(text -> seconds(text, LONGEST, receivedAt::plusSeconds).stream())
                .findFirst();
        if (relative.isPresent()) {
            return relative.get();
        }
        if (rules.expiresAtEpoch() != null) {
            return seconds(rules.expiresAtEpoch().text(answer), latest(receivedAt), Instant::ofEpochSecond)
                    .orElse(null);
        }
        return rules.expiresAtIso() == null ? null : iso(rules.expiresAtIso().text(answer), receivedAt);
    }

    /** The same bound for a moment: a provider that sends milliseconds for seconds would mean a year of five digits. */
    private static BigDecimal latest(Instant receivedAt) {
        return LONGEST.add(BigDecimal.valueOf(receivedAt.getEpochSecond()));
    }

    private static Optional<Instant> seconds(
            @Nullable String text, BigDecimal longest, LongFunction<Instant> toInstant) {
        try {
            var value = new BigDecimal(text == null ? "0" : text.strip());
            boolean sensible = value.signum() > 0 && value.compareTo(longest) <= 0;
            return sensible ? Optional.of(toInstant.apply(value.longValue())) : Optional.empty();
        } catch (NumberFormatException | DateTimeException notATime) {
            return Optional.empty();
        }
    }

    private static @Nullable Instant iso(@Nullable String text, Instant receivedAt) {
        try {
            Instant stated =
                    text == null ? Instant.EPOCH : OffsetDateTime.parse(text).toInstant();
            var seconds = BigDecimal.valueOf(stated.getEpochSecond());
            return seconds.signum() > 0 && seconds.compareTo(latest(receivedAt)) <= 0 ? stated : null;
        } catch (DateTimeException notATime) {
            return null;
        }
    }
}
