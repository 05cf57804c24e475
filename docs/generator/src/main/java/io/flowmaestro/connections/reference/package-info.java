/** Reference documents, made of the sources: what can be configured, and what the services' APIs are. */
@NullMarked
package io.flowmaestro.connections.reference;

import org.jspecify.annotations.NullMarked;
