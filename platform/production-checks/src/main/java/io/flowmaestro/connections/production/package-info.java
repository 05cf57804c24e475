/** What a service refuses to run with in production. */
@NullMarked
package io.flowmaestro.connections.production;

import org.jspecify.annotations.NullMarked;
