/** Which of the suite's services may call what. */
@NullMarked
package io.flowmaestro.connections.registry.peer;

import org.jspecify.annotations.NullMarked;
