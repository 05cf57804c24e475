/** What of json-logs happens while a service is built. */
@NullMarked
package io.flowmaestro.connections.logs.deployment;

import org.jspecify.annotations.NullMarked;
