package io.flowmaestro.connections.local.suite;

/** What to do with a suite that just started. */
final class Welcome {
    private Welcome() {}

    static String text(Installation installation) {
        return """

                Connections    %s
                Accounts       alice, bob, admin (the password is the name); worker is a service account
                A token        ./connections token alice
                The database   ./connections psql
                Logs           ./connections logs [service]
                Stop           Ctrl-C, or ./connections down
                """.formatted(installation.ports().publicUrl());
    }
}
