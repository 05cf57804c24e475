package io.flowmaestro.connections.mcp.authorization;

import io.flowmaestro.connections.mcp.upstream.AccessToken;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Where tokens are renewed, once for everybody who wants them. */
public interface AccessTokens {

    /** A token that can be used, renewed where it is due. */
    Uni<AccessToken> usable(UUID user, UUID connection);

    /**
     * Another token in place of one that the server did not take.
     *
     * @param version of the refused one; where there is a newer one already, that is given
     * @return fails with {@link NotRenewable} where only the user can help, with a problem while that cannot be told
     */
    Uni<AccessToken> afterRefusal(UUID user, UUID connection, long version);
}
