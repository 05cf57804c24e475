/** What the broker refuses, and how it says so. */
@NullMarked
package io.flowmaestro.connections.oauth.problem;

import org.jspecify.annotations.NullMarked;
