/** Keys in AWS KMS. */
@NullMarked
package io.flowmaestro.connections.vault.kms.aws;

import org.jspecify.annotations.NullMarked;
