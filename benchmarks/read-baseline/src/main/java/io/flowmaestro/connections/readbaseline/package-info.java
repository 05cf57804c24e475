/** The registry's reads without the registry: authentication, one SELECT without row security, JSON, and nothing else. */
@NullMarked
package io.flowmaestro.connections.readbaseline;

import org.jspecify.annotations.NullMarked;
