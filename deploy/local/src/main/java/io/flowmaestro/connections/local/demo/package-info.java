/** The demonstration: the suite's main job, step by step, through the front door and with real third-party parts. */
@NullMarked
package io.flowmaestro.connections.local.demo;

import org.jspecify.annotations.NullMarked;
