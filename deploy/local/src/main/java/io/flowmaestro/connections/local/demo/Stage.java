package io.flowmaestro.connections.local.demo;

/** What every slice works with. */
record Stage(
        RunningSuite suite,
        Transcript transcript,
        Api api,
        Caller alice,
        Caller bob,
        Caller worker,
        AlicesConnections connections,
        DatabaseView database) {

    Caller workerForAlice() {
        return worker.actingFor(alice);
    }
}
