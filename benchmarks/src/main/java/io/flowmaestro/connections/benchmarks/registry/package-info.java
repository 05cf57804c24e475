/** connection-registry: its reads over HTTP against bare SELECTs, against themselves without row security, and on much data. */
@NullMarked
package io.flowmaestro.connections.benchmarks.registry;

import org.jspecify.annotations.NullMarked;
