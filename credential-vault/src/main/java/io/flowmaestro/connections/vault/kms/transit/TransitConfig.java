package io.flowmaestro.connections.vault.kms.transit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where HashiCorp Vault or OpenBao is, and as whom to speak to it; read only when a key's URI is {@code
 * hcvault://…}.
 */
@ConfigMapping(prefix = "vault.kms.hcvault")
interface TransitConfig {

    /** The server, e.g. {@code https://vault.example.org:8200}; from {@code VAULT_ADDR}. */
    @WithDefault("${VAULT_ADDR:}")
    Optional<String> address();

    /** A PEM file with the CA of the server, if the JDK does not know it; from {@code VAULT_CACERT}. */
    @WithDefault("${VAULT_CACERT:}")
    Optional<Path> caFile();

    /** The namespace, if there are any; from {@code VAULT_NAMESPACE}. */
    @WithDefault("${VAULT_NAMESPACE:}")
    Optional<String> namespace();

    /** A token; from {@code VAULT_TOKEN}. Nothing renews it: a file or a Kubernetes role outlives it. */
    @WithDefault("${VAULT_TOKEN:}")
    Optional<String> token();

    /** A file with a token that somebody, such as an agent, keeps fresh; from {@code VAULT_TOKEN_FILE}. */
    @WithDefault("${VAULT_TOKEN_FILE:}")
    Optional<Path> tokenFile();

    /** The role to log in with as a Kubernetes service account; from {@code VAULT_K8S_ROLE}. */
    @WithDefault("${VAULT_K8S_ROLE:}")
    Optional<String> kubernetesRole();

    /** Where the Kubernetes auth method is mounted; from {@code VAULT_K8S_MOUNT}. */
    @WithDefault("${VAULT_K8S_MOUNT:kubernetes}")
    String kubernetesMount();

    /** The service account's own token; from {@code VAULT_K8S_TOKEN_FILE}. */
    @WithDefault("${VAULT_K8S_TOKEN_FILE:/var/run/secrets/kubernetes.io/serviceaccount/token}")
    Path kubernetesTokenFile();
}
