package io.flowmaestro.connections.oauth.mcp;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.ClientKey;
import io.flowmaestro.connections.oauthclient.Secret;
import io.flowmaestro.connections.oauthclient.mcp.AuthorizationServer;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A client that a user has registered at the authorization server.
 *
 * @param privateKey PKCS#8 in PEM, for {@code private_key_jwt}
 * @param tokenEndpointAuthMethod how it proves itself; chosen by what the server takes otherwise
 */
public record GivenClient(
        @Nullable String clientId,
        @Nullable String clientSecret,
        @Nullable String privateKey,
        @Nullable String tokenEndpointAuthMethod) {

    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{1,1024}");
    private static final int LONGEST_KEY = 16_384;
    private static final Set<String> METHODS =
            Set.of(McpClient.BASIC, McpClient.POST, McpClient.NONE, McpClient.SIGNED);

    /**
     * Checks what can be told without its server.
     *
     * @throws ProblemException 400 naming what cannot be used
     */
    public void check() {
        if (clientId == null || !PRINTABLE.matcher(clientId).matches()) {
            throw invalid("client.client_id is required: 1 to 1024 printable characters.");
        }
        if (clientSecret != null && !PRINTABLE.matcher(clientSecret).matches()) {
            throw invalid("client.client_secret must have 1 to 1024 printable characters.");
        }
        if (privateKey != null) {
            checkKey(privateKey);
        }
        if (tokenEndpointAuthMethod != null && !METHODS.contains(tokenEndpointAuthMethod)) {
            throw invalid(
                    "client.token_endpoint_auth_method must be client_secret_basic, client_secret_post, private_key_jwt or none.");
        }
        if (tokenEndpointAuthMethod != null && !fits(tokenEndpointAuthMethod)) {
            throw invalid("client.token_endpoint_auth_method needs a secret, or a key, that client does not have.");
        }
    }

    private boolean fits(String method) {
        return switch (method) {
            case McpClient.BASIC, McpClient.POST -> clientSecret != null;
            case McpClient.SIGNED -> privateKey != null;
            default -> true;
        };
    }

    private static void checkKey(String pem) {
        try {
            if (pem.length() > LONGEST_KEY) {
                throw new IllegalArgumentException("client.private_key is too long.");
            }
            ClientKey.read(pem, null);
        } catch (IllegalArgumentException unusable) {
            throw invalid(String.valueOf(unusable.getMessage()));
        }
    }

    /** It at a server; its word on how it proves itself counts, else the first of the server's that it has the means for. */
    McpClient at(AuthorizationServer server) {
        return new McpClient(
                McpClient.Kind.PREREGISTERED,
                String.valueOf(clientId),
                clientSecret == null ? null : Secret.of(clientSecret),
                privateKey == null ? null : Secret.of(privateKey),
                tokenEndpointAuthMethod == null ? method(server.authMethods()) : tokenEndpointAuthMethod);
    }

    private String method(Set<String> taken) {
        if (privateKey != null) {
            return McpClient.SIGNED;
        }
        if (clientSecret == null) {
            return McpClient.NONE;
        }
        return taken.contains(McpClient.POST) && !taken.contains(McpClient.BASIC) ? McpClient.POST : McpClient.BASIC;
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(OAuthProblem.PARAMETER_INVALID, detail);
    }

    @Override
    public String toString() {
        return "GivenClient[redacted]";
    }
}
