/** Prometheus and Alertmanager as an operator runs them, beside a suite under test. */
@NullMarked
package io.flowmaestro.connections.local.operate;

import org.jspecify.annotations.NullMarked;
