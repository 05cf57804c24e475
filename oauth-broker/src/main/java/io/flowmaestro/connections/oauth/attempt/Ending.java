package io.flowmaestro.connections.oauth.attempt;

import java.time.Duration;

/**
 * What an attempt comes to.
 *
 * @param state in the log
 * @param failed puts the next refresh off
 * @param pause the least time until then
 */
public record Ending(String state, boolean failed, Duration pause) {

    public static final Ending PUBLISHED = new Ending("published", false, Duration.ZERO);
    /** The provider ended the grant, and so has the connection. */
    public static final Ending REFUSED = new Ending("refused", false, Duration.ZERO);
    /** Others have written meanwhile; these tokens may yet be needed. */
    public static final Ending SPARE = new Ending("spare", false, Duration.ZERO);
    /** The connection is gone or was made anew; these tokens are to be revoked. */
    public static final Ending UNWANTED = new Ending("unwanted", false, Duration.ZERO);
    /** The provider was not asked, for somebody else had already done it. */
    public static final Ending NEEDLESS = new Ending("failed", false, Duration.ZERO);
    /** What was unwanted has been revoked, or cannot be; or nobody can tell whose the tokens are. */
    public static final Ending DISCARDED = new Ending("failed", false, Duration.ZERO);
    /** The tokens are safe here and cannot be published for the moment. */
    public static final Ending LEFT_OVER = new Ending("answered", false, Duration.ZERO);

    /** The answer is here, and the vault does not open it for the moment; it is tried again before the old token is sent. */
    static final Ending UNOPENED = new Ending("sent", false, Duration.ZERO);

    /** Nothing was issued, and nothing can have been lost. */
    public static Ending failed(Duration pause) {
        return new Ending("failed", true, pause);
    }

    /** The refresh token may have been spent, and the answer will not come. */
    public static Ending lost(Duration pause) {
        return new Ending("sent", true, pause);
    }
}
