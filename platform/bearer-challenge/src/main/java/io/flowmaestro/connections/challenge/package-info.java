/** What a server says that it wants of whoever calls it without the right token. */
@NullMarked
package io.flowmaestro.connections.challenge;

import org.jspecify.annotations.NullMarked;
