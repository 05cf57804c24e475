package io.flowmaestro.connections.oauth.revocation;

import java.util.UUID;

record RevokedView(UUID connectionId, String provider, String status) {}
