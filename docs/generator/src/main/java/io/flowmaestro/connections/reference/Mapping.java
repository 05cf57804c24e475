package io.flowmaestro.connections.reference;

import java.util.List;

/**
 * A configuration mapping: an interface annotated with {@code @ConfigMapping}.
 *
 * @param module that it is in
 * @param prefix of its keys
 * @param description of its javadoc, as Markdown
 */
record Mapping(String module, String prefix, String description, List<Setting> settings) {}
