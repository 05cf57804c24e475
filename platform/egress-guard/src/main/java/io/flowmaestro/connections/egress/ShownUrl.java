package io.flowmaestro.connections.egress;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of an address that may be seen: in answers, on a page, and in a dump of the database. Some servers take their key in
 * the query or in the path only; the whole address is sealed with the connection's data.
 */
public final class ShownUrl {

    private static final String HIDDEN = "***";

    private static final Pattern SECRET_NAME =
            Pattern.compile("key|token|secret|passw|pwd|auth|sig|cred|code|session|jwt", Pattern.CASE_INSENSITIVE);

    /** Letters and digits mixed, too long for a word: an id or a key, which nobody can tell apart. */
    private static final Pattern SECRET_VALUE = Pattern.compile("(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])[^/]{20,}");

    private static final Pattern PARAMETER = Pattern.compile("(?<=[?&])([^=&]+=|)([^&]*)");

    /** A parameter of a segment of the path. */
    private static final Pattern MATRIX_PARAMETER = Pattern.compile("(?<=;)([^=;]+=|)([^;]*)");

    private static final Pattern USER_INFO = Pattern.compile("//.*@");

    private static final Pattern HIDDEN_PART = Pattern.compile("[/=?&;]\\*\\*\\*(?=[/?&;@]|$)");
    private static final Pattern ESCAPED = Pattern.compile("%(\\p{XDigit}{2})");

    /** Scheme and authority, path, and the query with its question mark. */
    private static final Pattern URL = Pattern.compile("([^:/?]+://[^/?]*)([^?]*)(\\?.*)?");

    private ShownUrl() {}

    /** Still a URL, with three asterisks for each part that may be a secret. */
    public static String of(String url) {
        var parts = URL.matcher(url);
        if (!parts.matches()) {
            return url;
        }
        var path =
                Stream.of(parts.group(2).split("/", -1)).map(ShownUrl::segment).collect(Collectors.joining("/"));
        var place = USER_INFO.matcher(parts.group(1)).replaceFirst("//" + HIDDEN + "@");
        return place + path + (parts.group(3) == null ? "" : parameters(PARAMETER, parts.group(3)));
    }

    /** Whether this is one that was shown, and not the whole. */
    public static boolean isPartial(String url) {
        return HIDDEN_PART.matcher(url).find();
    }

    private static String segment(String segment) {
        int end = segment.indexOf(';');
        var name = end < 0 ? segment : segment.substring(0, end);
        return (SECRET_VALUE.matcher(name).matches() ? HIDDEN : name)
                + (end < 0 ? "" : parameters(MATRIX_PARAMETER, segment.substring(end)));
    }

    private static String parameters(Pattern each, String all) {
        return each.matcher(all).replaceAll(ShownUrl::parameter);
    }

    /** One without a name is all value. One may have others in it, where a server takes semicolons for separators, too. */
    private static String parameter(MatchResult parameter) {
        var name = parameter.group(1);
        var value = parameter.group(2);
        var names = parameter.group().substring(0, Math.max(0, parameter.group().lastIndexOf('=')));
        var secret = !value.isEmpty()
                && (SECRET_NAME.matcher(unescaped(names)).find()
                        || SECRET_VALUE.matcher(value).matches());
        return Matcher.quoteReplacement(name + (secret ? HIDDEN : value));
    }

    private static String unescaped(String name) {
        return ESCAPED.matcher(name)
                .replaceAll(
                        code -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(code.group(1), 16))));
    }
}
