package io.flowmaestro.connections.oauth.flow;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.OAuthSettings;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Everything that must hold before a code is worth anything. Each refusal comes before any request to the provider. */
final class CallbackChecks {

    private static final int LONGEST_DESCRIPTION = 300;
    private static final String AGAIN = " Start the connection again.";

    private CallbackChecks() {}

    /** The flow belongs to this provider, this redirect URI and this browser, and is in time. */
    static BrowserSecret requireSameFlow(TakenFlow flow, CallbackRequest request, PublicUrl publicUrl) {
        if (!flow.provider().equals(request.provider())
                || !flow.redirectUri().equals(publicUrl.callback(request.provider()))) {
            throw refused(
                    OAuthProblem.PROVIDER_MISMATCH, "The answer came back to another provider's address." + AGAIN);
        }
        var browser = BrowserSecret.presented(request.browser())
                .filter(presented -> presented.matches(flow.browserHash()))
                .orElseThrow(() -> refused(
                        OAuthProblem.BROWSER_MISMATCH,
                        "This sign-in was started in another browser, or cookies are blocked." + AGAIN));
        if (flow.expired()) {
            throw refused(OAuthProblem.STATE_EXPIRED, "More than ten minutes went by." + AGAIN);
        }
        return browser;
    }

    /**
     * RFC 9207, 2.4: an {@code iss} must be the provider's issuer, and must be there where the provider advertises it.
     * Where the issuer is not known, it has to be of the origin that the user was sent to.
     */
    static void requireIssuer(OAuthSettings settings, @Nullable String issuer) {
        if (issuer == null) {
            if (settings.issuerAlwaysSent()) {
                throw refused(OAuthProblem.ISSUER_MISMATCH, "The answer does not say who issued it." + AGAIN);
            }
            return;
        }
        boolean expected = settings.issuer() == null
                ? Objects.equals(origin(issuer), origin(settings.authorizeUrl()))
                : issuer.equals(settings.issuer());
        if (!expected) {
            throw refused(
                    OAuthProblem.ISSUER_MISMATCH, "The answer names an issuer that is not this provider's." + AGAIN);
        }
    }

    /** The code, unless the provider reported an error (RFC 6749, 4.1.2.1). */
    static String requireCode(CallbackRequest request) {
        if (request.error() != null) {
            boolean denied = request.error().equals("access_denied");
            throw refused(
                    denied ? OAuthProblem.AUTHORIZATION_DENIED : OAuthProblem.AUTHORIZATION_FAILED,
                    (denied ? "Access was denied at the provider." : "The provider could not finish the sign-in.")
                            + said(request.errorDescription())
                            + AGAIN);
        }
        if (request.code() == null) {
            throw refused(OAuthProblem.CALLBACK_INVALID, "The provider sent no authorization code." + AGAIN);
        }
        return request.code();
    }

    private static String said(@Nullable String description) {
        if (description == null || description.isBlank()) {
            return "";
        }
        String shown = description.strip().replaceAll("\\p{Cntrl}", " ");
        return " It says: “" + shown.substring(0, Math.min(shown.length(), LONGEST_DESCRIPTION)) + "”.";
    }

    private static @Nullable String origin(String url) {
        try {
            URI uri = URI.create(url);
            return uri.getScheme() == null || uri.getRawAuthority() == null
                    ? null
                    : uri.getScheme() + "://" + uri.getRawAuthority();
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private static ProblemException refused(OAuthProblem problem, String message) {
        return new ProblemException(problem, message);
    }
}
