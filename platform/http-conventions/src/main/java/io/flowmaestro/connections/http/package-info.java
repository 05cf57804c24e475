/** The suite's HTTP conventions: success bodies, RFC 9457 problems, trace ids. */
@NullMarked
package io.flowmaestro.connections.http;

import org.jspecify.annotations.NullMarked;
