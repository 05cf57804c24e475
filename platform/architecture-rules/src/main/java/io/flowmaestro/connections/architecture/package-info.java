/** The rules of the house style that a test can hold. */
@NullMarked
package io.flowmaestro.connections.architecture;

import org.jspecify.annotations.NullMarked;
