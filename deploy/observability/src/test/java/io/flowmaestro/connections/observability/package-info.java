/** What holds rules, alerts and dashboards to each other, to the runbooks and to what the services expose. */
@NullMarked
package io.flowmaestro.connections.observability;

import org.jspecify.annotations.NullMarked;
