/** The vault's encrypt call without the vault: authentication, JSON, grant and one audit row, and nothing else. */
@NullMarked
package io.flowmaestro.connections.auditbaseline;

import org.jspecify.annotations.NullMarked;
