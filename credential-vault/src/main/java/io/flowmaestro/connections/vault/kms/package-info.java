/**
 * Key encryption keys that live in a key management service: one interface for them all, and what the providers share.
 * Each provider has a sub-package of its own.
 */
@NullMarked
package io.flowmaestro.connections.vault.kms;

import org.jspecify.annotations.NullMarked;
