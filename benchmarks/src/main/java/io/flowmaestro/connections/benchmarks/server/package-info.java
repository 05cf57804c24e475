/** What is measured, as processes of their own on loopback: packaged services and a durable PostgreSQL. */
@NullMarked
package io.flowmaestro.connections.benchmarks.server;

import org.jspecify.annotations.NullMarked;
