package io.flowmaestro.connections.vault.kms.aws;

import io.flowmaestro.connections.vault.kms.KmsFailure;
import io.flowmaestro.connections.vault.kms.KmsHttp;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Looks at what the SDK really sends and gets, wherever its own configuration files have led it. */
final class WireGuard implements ExecutionInterceptor {

    private final boolean production;

    WireGuard(boolean production) {
        this.production = production;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        if (production && !"https".equals(context.httpRequest().protocol())) {
            throw new KmsFailure(
                    KmsFailure.Kind.REFUSED,
                    "The AWS configuration names an endpoint without TLS; nothing was sent. Let "
                            + "AWS_ENDPOINT_URL_KMS and the"
                            + " profile's endpoint_url start with https://.");
        }
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return context.responseBody().map(body -> new BoundedStream(body, KmsHttp.LARGEST_ANSWER));
    }
}
