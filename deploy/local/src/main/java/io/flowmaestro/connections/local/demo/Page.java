package io.flowmaestro.connections.local.demo;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in the scripted browser. */
record Page(URI uri, int status, String html) {
    private static final Pattern ACTION = Pattern.compile("<form[^>]*\\saction=\"([^\"]*)\"");

    boolean asksFor(String field) {
        return html.contains("name=\"" + field + "\"");
    }

    Page requireField(String field) {
        StepFailed.unless(
                asksFor(field),
                "the page at " + uri.getPath() + " (" + status + ") does not ask for \"" + field + "\"");
        return this;
    }

    /** Where its form goes: to the page's own address unless it says otherwise. */
    URI formTarget() {
        Matcher action = ACTION.matcher(html);
        return action.find() ? uri.resolve(action.group(1).replace("&amp;", "&")) : uri;
    }
}
