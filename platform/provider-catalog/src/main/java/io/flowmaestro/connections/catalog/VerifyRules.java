package io.flowmaestro.connections.catalog;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a verification request must fulfil: it reads, it goes below the base, and its outcomes do not overlap. */
final class VerifyRules {

    private static final Set<String> METHODS = Set.of("GET", "POST");
    private static final Pattern EXPECT = Pattern.compile("[1-5]([0-9]{2}|xx)");
    private static final Pattern ALSO_OK = Pattern.compile("[1-5][0-9]{2}-[a-z0-9_]+");

    private final Problems problems;

    VerifyRules(Problems problems) {
        this.problems = problems;
    }

    void check(String at, @Nullable Verify verify, @Nullable String base, Variables variables) {
        if (verify == null) {
            return;
        }
        problems.addIf(base == null, at + "base", "is needed with verify");
        if (problems.text(at + "verify.method", verify.method()) && !METHODS.contains(verify.method())) {
            problems.add(at + "verify.method", "'" + verify.method() + "' is not allowed; allowed are: GET, POST");
        }
        if (problems.text(at + "verify.path", verify.path())) {
            problems.known(at + "verify.path", verify.path(), variables);
            problems.addIf(
                    !verify.path().startsWith("/") && !verify.path().startsWith("{"),
                    at + "verify.path",
                    "must start with '/'; it is appended to base");
        }
        problems.matches(at + "verify.expect", verify.expect(), EXPECT, "a status such as 200, or a class such as 2xx");
        verify.bad().forEach(status -> bad(at + "verify.bad", status, verify.expect()));
        verify.alsoOk()
                .forEach(pair ->
                        problems.matches(at + "verify.also_ok", pair, ALSO_OK, "pairs such as 403-restricted_key"));
        problems.addIf(
                !verify.json().isEmpty() && !"POST".equals(verify.method()), at + "verify.json", "needs method POST");
    }

    private void bad(String at, Integer status, String expect) {
        problems.addIf(status < 400 || status > 499, at, status + " is not a refusal; allowed are: 400 to 499");
        problems.addIf(
                String.valueOf(status).equals(expect) || (status / 100 + "xx").equals(expect),
                at,
                status + " is expected of a good credential as well");
    }
}
