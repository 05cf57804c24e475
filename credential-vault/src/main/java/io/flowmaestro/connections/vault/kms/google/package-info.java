/** Keys in Google Cloud KMS. */
@NullMarked
package io.flowmaestro.connections.vault.kms.google;

import org.jspecify.annotations.NullMarked;
