package io.flowmaestro.connections.oauth.provider;

import java.util.List;

/** Keys of the providers whose client is configured, in alphabetical order. */
record ClientsView(List<String> configured) {}
