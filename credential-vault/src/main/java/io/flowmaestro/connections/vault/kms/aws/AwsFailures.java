package io.flowmaestro.connections.vault.kms.aws;

import io.flowmaestro.connections.vault.envelope.DecryptionFailed;
import io.flowmaestro.connections.vault.kms.KmsFailure;
import io.flowmaestro.connections.vault.kms.KmsFailure.Kind;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.NotFoundException;

/** Says what the SDK's exceptions mean. Of what AWS wrote only the error code is passed on. */
final class AwsFailures {

    private static final Pattern CODE = Pattern.compile("[A-Za-z.]{1,64}");

    private AwsFailures() {}

    static Throwable translate(Throwable failure) {
        return switch (failure) {
            case InvalidCiphertextException _ -> new DecryptionFailed();
            case IncorrectKeyException _ -> new DecryptionFailed();
            case AwsServiceException answer -> answered(answer);
            case ApiCallTimeoutException _ -> timeout();
            case ApiCallAttemptTimeoutException _ -> timeout();
            case SdkException local -> unanswered(local);
            default -> failure;
        };
    }

    private static KmsFailure answered(AwsServiceException answer) {
        var code = code(answer);
        if (answer.isThrottlingException()) {
            return new KmsFailure(Kind.THROTTLED, "It asks for fewer calls (%s).".formatted(code));
        }
        if (answer.statusCode() >= 500) {
            return new KmsFailure(
                    Kind.SERVER_ERROR, "It is in trouble (%s, HTTP %d).".formatted(code, answer.statusCode()));
        }
        return switch (answer) {
            case NotFoundException _ ->
                new KmsFailure(Kind.KEY_UNUSABLE, "There is no such key or alias; correct the ARN in the key's URI.");
            case DisabledException _ -> new KmsFailure(Kind.KEY_UNUSABLE, "The key is disabled; enable it.");
            case KmsInvalidStateException _ ->
                new KmsFailure(Kind.KEY_UNUSABLE, "The key's state forbids its use; see whether it is to be deleted.");
            case InvalidKeyUsageException _ ->
                new KmsFailure(Kind.KEY_UNUSABLE, "The key must be a symmetric one for ENCRYPT_DECRYPT.");
            default ->
                new KmsFailure(
                        Kind.REFUSED,
                        ("It refuses the call (%s, HTTP %d): check the credentials, the clock, and "
                                        + "that kms:Encrypt and kms:Decrypt are allowed on the key.")
                                .formatted(code, answer.statusCode()));
        };
    }

    private static KmsFailure unanswered(SdkException local) {
        for (Throwable cause = local; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case KmsFailure known -> {
                    return known;
                }
                case SSLException _ -> {
                    return new KmsFailure(Kind.TLS, "Its certificate or protocol is not trusted.");
                }
                case SocketTimeoutException _ -> {
                    return timeout();
                }
                // The parser's exceptions are of this type too, but not of these packages.
                case IOException broken
                when broken.getClass().getName().startsWith("java.") -> {
                    return new KmsFailure(
                            Kind.UNREACHABLE,
                            "No connection (%s).".formatted(broken.getClass().getSimpleName()));
                }
                default -> {}
            }
        }
        return String.valueOf(local.getMessage()).contains("credentials")
                ? new KmsFailure(
                        Kind.REFUSED,
                        "There are no AWS credentials: give the vault a role, or set "
                                + "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.")
                : new KmsFailure(Kind.BAD_ANSWER, "Its answer is not what the API promises.");
    }

    private static KmsFailure timeout() {
        return new KmsFailure(Kind.TIMEOUT, "It did not answer in time.");
    }

    private static String code(AwsServiceException answer) {
        var details = answer.awsErrorDetails();
        var code = details == null ? null : details.errorCode();
        return code != null && CODE.matcher(code).matches() ? code : "no error code";
    }
}
