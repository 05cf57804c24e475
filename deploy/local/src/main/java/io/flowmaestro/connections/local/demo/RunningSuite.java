package io.flowmaestro.connections.local.demo;

import io.flowmaestro.connections.local.postgres.SuiteDatabase;
import io.flowmaestro.connections.local.suite.Installation;
import io.flowmaestro.connections.local.suite.Ports;

/**
 * The suite that is shown.
 *
 * @param ports those it runs on, whatever is configured now
 * @param node the Node executable
 */
public record RunningSuite(Installation installation, Ports ports, String node) {

    String databaseUrl() {
        return "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/" + SuiteDatabase.NAME;
    }
}
