/** Whether connections work: looked at every day, summed up, and told when it changes. */
@NullMarked
package io.flowmaestro.connections.registry.health;

import org.jspecify.annotations.NullMarked;
