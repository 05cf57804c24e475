/** What the images promise. */
@NullMarked
package io.flowmaestro.connections.images;

import org.jspecify.annotations.NullMarked;
