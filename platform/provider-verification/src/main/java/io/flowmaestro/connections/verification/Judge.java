package io.flowmaestro.connections.verification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.flowmaestro.connections.egress.EgressResponse;
import io.flowmaestro.connections.verification.Verdict.Accepted;
import io.flowmaestro.connections.verification.Verdict.Inconclusive;
import io.flowmaestro.connections.verification.Verdict.Rejected;
import io.flowmaestro.connections.verification.Verdict.Untestable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an answer. Only what the provider says of the credential makes it bad: whatever may be the provider's own
 * trouble, or a misunderstanding of ours, leaves it as it was.
 *
 * @param missingScopes that the question needs and the token was not granted
 */
record Judge(Check check, Wording wording, List<String> missingScopes, AccountReader accounts) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    Verdict read(EgressResponse response) {
        int status = response.status();
        JsonNode answer = parse(response);
        var codes = ErrorCodes.of(answer, response.header("WWW-Authenticate").orElse(""));
        if (isAlsoOk(status, codes)) {
            return new Accepted(wording.acceptedRestricted(), accounts.nobody());
        }
        if (check.expects(status)) {
            return success(status, answer, codes);
        }
        if (status >= 300 && status < 400) {
            return new Inconclusive(wording.redirected(status));
        }
        if (isOfTheMoment(response, codes)) {
            return status >= 500
                    ? new Inconclusive(wording.outOfOrder(status))
                    : new Inconclusive(wording.limited(status));
        }
        return refusal(status, codes);
    }

    private Verdict success(int status, JsonNode answer, ErrorCodes codes) {
        if (!check.readsBody()) {
            return new Accepted(wording.accepted(), accounts.nobody());
        }
        if (!answer.isContainerNode()) {
            return new Inconclusive(wording.unreadable());
        }
        return switch (word(answer)) {
            case YES -> new Accepted(wording.accepted(), accounts.of(check, answer));
            case NO -> unsaid(status, codes).orElseGet(() -> refused(status));
            case NOTHING -> codes.ofTheCredential() ? refused(status) : new Inconclusive(wording.unreadable());
        };
    }

    /** What a success says: its flag, then its account, whose null is what an anonymous visitor gets. */
    private OkPath.Word word(JsonNode answer) {
        OkPath.Word word = check.ok() == null ? OkPath.Word.YES : check.ok().in(answer);
        if (word != OkPath.Word.YES || check.id() == null) {
            return word;
        }
        if (check.id().isNull(answer)) {
            return ErrorCodes.reportsOne(answer) ? OkPath.Word.NOTHING : OkPath.Word.NO;
        }
        boolean named = check.id().text(answer) != null;
        return named || !ErrorCodes.reportsOne(answer) ? OkPath.Word.YES : OkPath.Word.NOTHING;
    }

    private Verdict refusal(int status, ErrorCodes codes) {
        boolean bad = check.bad().contains(status);
        if (!missingScopes.isEmpty() && (bad || status == 403)) {
            return new Untestable(wording.lacksScope(status, missingScopes));
        }
        if (codes.ofItsRights()) {
            return new Inconclusive(wording.lacksRights(status));
        }
        return bad || codes.ofTheCredential()
                ? new Rejected(wording.rejected("status " + status))
                : new Inconclusive(wording.unexpected(status));
    }

    /** What keeps a failure from being one of the credential. */
    private Optional<Verdict> unsaid(int status, ErrorCodes codes) {
        if (codes.ofTheMoment()) {
            return Optional.of(new Inconclusive(wording.limited(status)));
        }
        return codes.ofItsRights() ? Optional.of(new Inconclusive(wording.lacksRights(status))) : Optional.empty();
    }

    private Verdict refused(int status) {
        return new Rejected(wording.rejected("status " + status + ", marked as a failure"));
    }

    private boolean isAlsoOk(int status, ErrorCodes codes) {
        return check.alsoOk().stream()
                .filter(pair -> pair.startsWith(status + "-"))
                .anyMatch(pair -> codes.hasAny(Set.of(pair.substring(pair.indexOf('-') + 1))));
    }

    /** Some providers answer 403 where others answer 429; what gives them away are the headers. */
    private static boolean isOfTheMoment(EgressResponse response, ErrorCodes codes) {
        int status = response.status();
        boolean limited = status == 403 && saysLimited(response);
        return limited || status == 429 || status >= 500 || codes.ofTheMoment();
    }

    private static boolean saysLimited(EgressResponse response) {
        return response.header("Retry-After").isPresent()
                || response.header("X-RateLimit-Remaining").filter("0"::equals).isPresent();
    }

    private static JsonNode parse(EgressResponse response) {
        try {
            JsonNode answer = JSON.readTree(response.body().getBytes());
            return answer == null ? MissingNode.getInstance() : answer;
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }
}
