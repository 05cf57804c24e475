/** What the registry knows of users: an address to write to, and whether they want that. */
@NullMarked
package io.flowmaestro.connections.registry.user;

import org.jspecify.annotations.NullMarked;
