/** Configurations of connections without their secrets: pre-configured, saved, and made into connections again. */
@NullMarked
package io.flowmaestro.connections.registry.template;

import org.jspecify.annotations.NullMarked;
