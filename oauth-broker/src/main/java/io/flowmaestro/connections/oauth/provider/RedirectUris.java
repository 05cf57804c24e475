package io.flowmaestro.connections.oauth.provider;

/** Where providers send the browser back to; some want to hear it again later. */
public interface RedirectUris {

    /** Registered with the provider as it stands here. */
    String callback(String provider);
}
