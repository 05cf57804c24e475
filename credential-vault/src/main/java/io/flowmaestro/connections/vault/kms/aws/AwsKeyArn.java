package io.flowmaestro.connections.vault.kms.aws;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.util.regex.Pattern;
import software.amazon.awssdk.regions.Region;

/** A key or an alias, by its full ARN: it alone says which region holds the key. */
record AwsKeyArn(String value, Region region) {

    private static final Pattern URI_FORM = Pattern.compile(
            "//(arn:aws(?:-[a-z]+)*:kms:([a-z]{2,}(?:-[a-z0-9]+)+):\\d{12}:(?:key/[A-Za-z0-9-]+|alias/[A-Za-z0-9/_-]+))");

    static AwsKeyArn of(URI key) {
        var parts = URI_FORM.matcher(key.getRawSchemeSpecificPart());
        if (!parts.matches()) {
            throw new ConfigurationException(
                    "The key's URI must be aws-kms:// and the full ARN of a key or an alias, for"
                            + " example aws-kms://arn:aws:kms:eu-central-1:111122223333:alias/connections.");
        }
        return new AwsKeyArn(parts.group(1), Region.of(parts.group(2)));
    }

    @Override
    public String toString() {
        return value;
    }
}
