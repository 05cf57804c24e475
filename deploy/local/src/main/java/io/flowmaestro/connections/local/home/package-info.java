/** The data folder: its layout, its version and the secrets in it. */
@NullMarked
package io.flowmaestro.connections.local.home;

import org.jspecify.annotations.NullMarked;
