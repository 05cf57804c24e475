package io.flowmaestro.connections.vault.kms.aws;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/**
 * What may be set about AWS KMS beside the key's ARN. Credentials are found where every AWS SDK looks for them: environment,
 * profile, web identity, container, instance.
 */
@ConfigMapping(prefix = "vault.kms.aws")
interface AwsConfig {

    /** Another address than the region's own, such as a VPC endpoint; from {@code AWS_ENDPOINT_URL_KMS}. */
    @WithDefault("${AWS_ENDPOINT_URL_KMS:${AWS_ENDPOINT_URL:}}")
    Optional<String> endpoint();
}
