package io.flowmaestro.connections.vault.keys;

import org.jspecify.annotations.Nullable;

/** The lowest version of a user's data key that is to open records; 1 to the newest. */
record MinimumVersionRequest(@Nullable Integer minimumVersion) {}
