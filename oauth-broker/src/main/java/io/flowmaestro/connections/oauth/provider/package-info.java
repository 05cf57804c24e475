/** What the catalogue knows of a provider, and the client that the operator registered with it. */
@NullMarked
package io.flowmaestro.connections.oauth.provider;

import org.jspecify.annotations.NullMarked;
