/** Child processes: started in a session of their own, recorded, watched, stopped and reaped. */
@NullMarked
package io.flowmaestro.connections.local.process;

import org.jspecify.annotations.NullMarked;
