/** Requests whose answers may not come. */
@NullMarked
package io.flowmaestro.connections.local.http;

import org.jspecify.annotations.NullMarked;
