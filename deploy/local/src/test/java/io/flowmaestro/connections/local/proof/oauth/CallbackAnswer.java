package io.flowmaestro.connections.local.proof.oauth;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What the broker answered to a callback: its page, or for what is no callback at all, a problem. */
record CallbackAnswer(int status, HttpHeaders headers, String body) {
    private static final Pattern TAG = Pattern.compile("<(!--|[/!]?[a-zA-Z][^\\s>]*)");
    private static final Pattern HANDLER = Pattern.compile("<[^>]*\\son[a-z]+\\s*=", Pattern.CASE_INSENSITIVE);
    private static final Pattern NONCE = Pattern.compile("script-src 'nonce-([A-Za-z0-9_-]{20,})'");
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"result\">(.*?)</script>", Pattern.DOTALL);

    boolean isPage() {
        return header("Content-Type").startsWith("text/html");
    }

    boolean isAccepted() {
        return status >= 200 && status < 300;
    }

    /** Names of all tags, in their order: more of them than the template has are somebody else's. */
    List<String> tags() {
        return TAG.matcher(body).results().map(MatchResult::group).toList();
    }

    /** What is wrong with it, whatever it says. */
    List<String> defects() {
        var defects = new ArrayList<String>();
        if (!isPage()) {
            if (!header("Content-Type").startsWith("application/problem+json")) {
                defects.add("is neither a page nor a problem: " + header("Content-Type"));
            }
            return defects;
        }
        if (!header("X-Content-Type-Options").equals("nosniff")) {
            defects.add("may be sniffed");
        }
        var nonce = NONCE.matcher(header("Content-Security-Policy"));
        if (!nonce.find() || !header("Content-Security-Policy").contains("default-src 'none'")) {
            defects.add("has no strict policy");
        } else if (body.split(Pattern.quote(nonce.group(1)), -1).length - 1 != 2) {
            defects.add("shows its nonce elsewhere than at its style and script");
        }
        if (HANDLER.matcher(body).find()) {
            defects.add("has an event handler");
        }
        if (!hasReadableData()) {
            defects.add("its data cannot be read");
        }
        if (!header("Cross-Origin-Opener-Policy").equals("same-origin-allow-popups")
                || !header("Cache-Control").contains("no-store")
                || !header("Referrer-Policy").equals("no-referrer")) {
            defects.add("lacks a header");
        }
        return defects;
    }

    private boolean hasReadableData() {
        var data = DATA.matcher(body);
        if (!data.find()) {
            return false;
        }
        try {
            var origin = new JsonObject(data.group(1)).getString("origin");
            return origin != null && !origin.equals("*");
        } catch (DecodeException broken) {
            return false;
        }
    }

    private String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
