/** E-mail to the owners of connections that stop working, recover or end soon: one message, however many there are. */
@NullMarked
package io.flowmaestro.connections.registry.notice;

import org.jspecify.annotations.NullMarked;
