package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** Where a browser may be sent after the callback: our own pages and nothing else. */
final class ReturnTo {

    private static final int LONGEST = 2048;

    private ReturnTo() {}

    /** @throws ProblemException when the target is not a path, or on another origin */
    static @Nullable String allowed(@Nullable String target, PublicUrl publicUrl) {
        if (target == null || target.isBlank()) {
            return null;
        }
        URI uri = parse(target);
        boolean path = uri.getScheme() == null && uri.getRawAuthority() == null && target.startsWith("/");
        String origin = publicUrl.origin();
        boolean ours = target.equals(origin) || target.startsWith(origin + "/") || target.startsWith(origin + "?");
        if (!path && !ours) {
            throw notAllowed();
        }
        return path ? origin + target : target;
    }

    /** A backslash or a control character is read differently by browsers; the URI parser takes neither. */
    private static URI parse(String target) {
        try {
            if (target.length() > LONGEST || target.startsWith("//")) {
                throw notAllowed();
            }
            return new URI(target);
        } catch (URISyntaxException ambiguous) {
            throw notAllowed();
        }
    }

    private static ProblemException notAllowed() {
        return new ProblemException(
                OAuthProblem.RETURN_TO_NOT_ALLOWED,
                "return_to must be a path that starts with one slash, or a URL on the suite's own origin.");
    }
}
