package io.flowmaestro.connections.vault.kms.google;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** What may be set about Google Cloud KMS beside the key's name. */
@ConfigMapping(prefix = "vault.kms.google")
interface GoogleConfig {

    /**
     * Another address than the public one, such as a private service connect endpoint; from {@code
     * VAULT_KMS_GOOGLE_ENDPOINT}.
     */
    @WithDefault("https://cloudkms.googleapis.com")
    String endpoint();

    /**
     * A service account's key or a workload identity configuration; from {@code GOOGLE_APPLICATION_CREDENTIALS}. Without it
     * the credentials come from where every Google client looks for them, such as the metadata server.
     */
    @WithDefault("${GOOGLE_APPLICATION_CREDENTIALS:}")
    Optional<Path> credentialsFile();
}
