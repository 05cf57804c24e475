/** What each call of the command does. */
@NullMarked
package io.flowmaestro.connections.local.command;

import org.jspecify.annotations.NullMarked;
