/** Whether the arguments of a tool call fit the tool's JSON Schema. */
@NullMarked
package io.flowmaestro.connections.arguments;

import org.jspecify.annotations.NullMarked;
