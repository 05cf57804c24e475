package io.flowmaestro.connections.oauth.flow;

import java.time.Duration;

record TestFlowConfig(String publicUrl, boolean plainHttpAllowed, Duration lifetime) implements FlowConfig {

    TestFlowConfig(String publicUrl, boolean plainHttpAllowed) {
        this(publicUrl, plainHttpAllowed, Duration.ofMinutes(10));
    }

    static PublicUrl https() {
        return new PublicUrl(new TestFlowConfig("https://connections.example.com/", false));
    }
}
