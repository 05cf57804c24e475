/** oauth-broker: handing out against a mere check of the token, and refreshes of many connections ahead of time. */
@NullMarked
package io.flowmaestro.connections.benchmarks.oauth;

import org.jspecify.annotations.NullMarked;
