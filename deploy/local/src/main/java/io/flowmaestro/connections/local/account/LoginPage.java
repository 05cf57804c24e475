package io.flowmaestro.connections.local.account;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The identity provider's login page, as far as a script has to read it. */
final class LoginPage {
    private static final Pattern ACTION = Pattern.compile("<form[^>]*\\saction=\"([^\"]*)\"");

    private LoginPage() {}

    /** Where its form goes: to the page's own address unless it says otherwise. */
    static URI formTarget(URI page, String html) {
        Matcher action = ACTION.matcher(html);
        return action.find() ? page.resolve(action.group(1).replace("&amp;", "&")) : page;
    }
}
