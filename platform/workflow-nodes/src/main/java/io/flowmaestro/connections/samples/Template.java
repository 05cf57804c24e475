package io.flowmaestro.connections.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts values of the context in place of {@code ${name}} and {@code ${name.of.a.member}}, in texts and in all that holds texts. */
final class Template {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([\\w.]+)}");

    private Template() {}

    static JsonNode filled(JsonNode template, JsonNode context) {
        return switch (template) {
            case TextNode text -> JsonNodeFactory.instance.textNode(filled(text.textValue(), context));
            case ArrayNode array -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> copy.add(filled(element, context)));
                yield copy;
            }
            case ObjectNode object -> {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(member -> copy.set(member.getKey(), filled(member.getValue(), context)));
                yield copy;
            }
            default -> template;
        };
    }

    static String filled(String template, JsonNode context) {
        return VARIABLE.matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(textAt(context, found.group(1))));
    }

    private static String textAt(JsonNode context, String path) {
        JsonNode value = context.at("/" + path.replace('.', '/'));
        if (value.isMissingNode()) {
            throw new IllegalArgumentException("The workflow has no \"" + path + "\" at this point.");
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }
}
