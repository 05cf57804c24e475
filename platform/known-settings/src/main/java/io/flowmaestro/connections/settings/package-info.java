/** What may be set, and what is said of anything else before a service starts. */
@NullMarked
package io.flowmaestro.connections.settings;

import org.jspecify.annotations.NullMarked;
