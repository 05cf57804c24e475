package io.flowmaestro.connections.vault.keyring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much is sealed with one version of a data key. */
@ConfigMapping(prefix = "vault.data-key")
interface DataKeyConfig {

    /** The most messages; the key is rotated then. With random 96-bit nonces, 2^32 is what NIST SP 800-38D allows. */
    @WithDefault("1073741824")
    long maximumMessages();

    /** How many messages a replica reserves at once; what it does not use is lost to the bound. */
    @WithDefault("4096")
    long reservation();
}
