package io.flowmaestro.connections.oauth.erasure;

record ErasureView(Removed removed) {}
