package io.flowmaestro.connections.local.demo;

/** One kind of connection, from its creation to its use. */
sealed interface Slice permits ApiKeySlice, McpSlice, OAuthSlice {
    String title();

    /** Throws {@link StepFailed} at the first thing that is not as promised. */
    void run(Stage stage);
}
