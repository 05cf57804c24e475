/** The local accounts and how a token is got for each. */
@NullMarked
package io.flowmaestro.connections.local.account;

import org.jspecify.annotations.NullMarked;
