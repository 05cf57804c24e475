package io.flowmaestro.connections.egress;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** A URL taken apart by strict rules. Whatever two parsers could read differently is refused. */
record EgressUrl(boolean tls, EgressHost host, int port, String pathAndQuery) {

    private static final int LONGEST = 8192;
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    /** @throws EgressRefused when the text is not an http(s) URL without user information */
    static EgressUrl parse(String text) {
        var uri = uri(text);
        var scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new EgressRefused(new Refusal.SchemeNotAllowed());
        }
        var authority = uri.getRawAuthority();
        if (authority == null) {
            throw new EgressRefused(new Refusal.Malformed());
        }
        if (authority.indexOf('@') >= 0) {
            throw new EgressRefused(new Refusal.UserInfo());
        }
        boolean tls = scheme.equals("https");
        int colon = portColon(authority);
        return new EgressUrl(
                tls,
                host(colon < 0 ? authority : authority.substring(0, colon)),
                colon < 0 ? defaultPort(tls) : port(authority.substring(colon + 1)),
                pathAndQuery(uri));
    }

    private static URI uri(String text) {
        if (text.length() > LONGEST) {
            throw new EgressRefused(new Refusal.Malformed());
        }
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new EgressRefused(new Refusal.Malformed());
        }
    }

    private static int portColon(String authority) {
        int bracket = authority.lastIndexOf(']');
        return authority.indexOf(':', bracket + 1);
    }

    private static EgressHost host(String raw) {
        if (raw.indexOf('%') >= 0 && !raw.startsWith("[")) {
            throw new EgressRefused(new Refusal.Malformed());
        }
        try {
            return EgressHost.parse(raw);
        } catch (IllegalArgumentException e) {
            throw new EgressRefused(new Refusal.Malformed());
        }
    }

    private static int port(String text) {
        int port = PORT.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            throw new EgressRefused(new Refusal.Malformed());
        }
        return port;
    }

    private static int defaultPort(boolean tls) {
        return tls ? 443 : 80;
    }

    private static String pathAndQuery(URI uri) {
        var path = uri.toASCIIString();
        int start = path.indexOf("//") + 2;
        int slash = indexOfAny(path, start);
        int fragment = path.indexOf('#', start);
        var rest = path.substring(slash, fragment < 0 ? path.length() : fragment);
        return rest.startsWith("/") ? rest : "/" + rest;
    }

    private static int indexOfAny(String text, int from) {
        int at = from;
        while (at < text.length() && "/?#".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    @Override
    public String toString() {
        // A path or a query may carry a secret.
        return (tls ? "https://" : "http://") + host.authority() + ":" + port;
    }
}
