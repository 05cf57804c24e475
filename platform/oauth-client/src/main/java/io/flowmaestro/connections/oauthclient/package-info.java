/** How one speaks OAuth 2.0 to a provider, given its facts: URLs, requests, answers with their quirks, tokens. */
@NullMarked
package io.flowmaestro.connections.oauthclient;

import org.jspecify.annotations.NullMarked;
