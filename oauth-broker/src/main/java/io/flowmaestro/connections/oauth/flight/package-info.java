/** Work in progress that several requests wait for. */
@NullMarked
package io.flowmaestro.connections.oauth.flight;

import org.jspecify.annotations.NullMarked;
