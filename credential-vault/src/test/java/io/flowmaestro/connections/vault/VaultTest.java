package io.flowmaestro.connections.vault;

import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;

/** What every component test of the vault runs on. */
@QuarkusTestResource(value = PostgresResource.class, initArgs = @ResourceArg(name = "schema", value = "vault"))
@QuarkusTestResource(PeersResource.class)
@QuarkusTestResource(EncryptionKeyResource.class)
public abstract class VaultTest {}
