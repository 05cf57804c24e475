/** Values that must not be printed. */
@NullMarked
package io.flowmaestro.connections.oauth.secret;

import org.jspecify.annotations.NullMarked;
