package io.flowmaestro.connections.oauth.flow;

import java.time.Duration;

record TestFlowConfig(String publicUrl, boolean plainHttpAllowed) implements FlowConfig {

    static PublicUrl https() {
        return new PublicUrl(new TestFlowConfig("https://connections.example.com/", false));
    }

    @Override
    public Duration lifetime() {
        return Duration.ofMinutes(10);
    }
}
