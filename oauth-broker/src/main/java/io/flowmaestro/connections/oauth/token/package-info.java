/** The provider's token endpoint: requests, answers and their quirks, and the tokens that come of it. */
@NullMarked
package io.flowmaestro.connections.oauth.token;

import org.jspecify.annotations.NullMarked;
