package io.flowmaestro.connections.verification;

import io.flowmaestro.connections.catalog.Account;
import io.flowmaestro.connections.catalog.Verify;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an answer is read.
 *
 * @param expect status of a good credential, or a class such as {@code 2xx}
 * @param bad statuses that mean a bad one
 * @param alsoOk {@code status-code} pairs of a restricted but good one
 * @param id where the account's id stands; null there means that nobody is signed in
 */
record Check(
        String expect,
        List<Integer> bad,
        List<String> alsoOk,
        @Nullable OkPath ok,
        @Nullable FactPath id,
        @Nullable FactPath name) {

    /** RFC 6750, 3.1: 401 is for the token itself, while 403 is what a good one with too few rights gets. */
    private static final List<Integer> BAD_TOKEN = List.of(401);

    static Check of(Verify verify, @Nullable Account account) {
        return new Check(
                verify.expect(),
                verify.bad(),
                verify.alsoOk(),
                OkPath.of(verify.okPath()),
                account == null ? null : path(account.id()),
                account == null ? null : path(account.name()));
    }

    static Check of(Account account) {
        return new Check(
                "2xx", BAD_TOKEN, List.of(), OkPath.of(account.okPath()), path(account.id()), path(account.name()));
    }

    boolean expects(int status) {
        return expect.equals(String.valueOf(status)) || expect.equals(status / 100 + "xx");
    }

    /** Whether the answer has to be JSON for its meaning to be known. */
    boolean readsBody() {
        return ok != null || id != null || name != null;
    }

    private static @Nullable FactPath path(@Nullable String path) {
        return path == null ? null : new FactPath(path);
    }
}
