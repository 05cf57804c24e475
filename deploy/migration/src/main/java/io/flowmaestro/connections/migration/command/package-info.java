/** What the operator asked for, and the secrets that the environment holds for it. */
@NullMarked
package io.flowmaestro.connections.migration.command;

import org.jspecify.annotations.NullMarked;
