package io.flowmaestro.connections.mcp.upstream;

import java.util.List;

/**
 * A token that is good now.
 *
 * @param version of the credential, quoted when the token turns out to be refused
 * @param scopes that it was granted, as far as that is known
 */
public record AccessToken(String value, long version, List<String> scopes) {
    @Override
    public String toString() {
        return "AccessToken[redacted]";
    }
}
