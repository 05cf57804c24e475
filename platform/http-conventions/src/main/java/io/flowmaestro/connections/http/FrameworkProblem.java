package io.flowmaestro.connections.http;

/** The problems that any service can answer with before its own code runs. */
public enum FrameworkProblem implements ProblemCode {
    BAD_REQUEST("bad-request", 400, "Bad request"),
    MALFORMED_JSON("malformed-json", 400, "Malformed JSON"),
    VALIDATION_FAILED("validation-failed", 400, "Validation failed"),
    ON_BEHALF_OF_REQUIRED("on-behalf-of-required", 400, "The user to act for is missing"),
    UNAUTHORIZED("unauthorized", 401, "Authentication required"),
    FORBIDDEN("forbidden", 403, "Forbidden"),
    ON_BEHALF_OF_FORBIDDEN("on-behalf-of-forbidden", 403, "Acting for another user is not allowed"),
    NOT_FOUND("not-found", 404, "Not found"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "Method not allowed"),
    NOT_ACCEPTABLE("not-acceptable", 406, "Not acceptable"),
    CONTENT_TOO_LARGE("content-too-large", 413, "Content too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "Unsupported media type"),
    INTERNAL_ERROR("internal-error", 500, "Internal error"),
    SERVICE_UNAVAILABLE("service-unavailable", 503, "Service unavailable");

    private final String code;
    private final int status;
    private final String title;

    FrameworkProblem(String code, int status, String title) {
        this.code = code;
        this.status = status;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }

    /** The problem for a bare status; what has no entry of its own is a bad request or an internal error. */
    static FrameworkProblem of(int status) {
        return switch (status) {
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 413 -> CONTENT_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 503 -> SERVICE_UNAVAILABLE;
            default -> status >= 400 && status < 500 ? BAD_REQUEST : INTERNAL_ERROR;
        };
    }

    /** What to do about it, for the cases in which the framework, not our code, refused the request. */
    String advice() {
        return switch (this) {
            case BAD_REQUEST -> "The request cannot be read. Check its parameters and headers.";
            case MALFORMED_JSON -> "The body is not valid JSON.";
            case VALIDATION_FAILED -> "The request has invalid values; see violations.";
            case ON_BEHALF_OF_REQUIRED -> "Name the user to act for in exactly one X-On-Behalf-Of header.";
            case UNAUTHORIZED -> "Send a valid, unexpired bearer token for the audience of this API.";
            case FORBIDDEN -> "The token's role does not allow this operation.";
            case ON_BEHALF_OF_FORBIDDEN -> "Only workers and the suite's services may send X-On-Behalf-Of.";
            case NOT_FOUND -> "There is nothing at this path.";
            case METHOD_NOT_ALLOWED -> "This path does not support the method; see the Allow header.";
            case NOT_ACCEPTABLE -> "Accept application/json.";
            case CONTENT_TOO_LARGE -> "The body is larger than this API accepts.";
            case UNSUPPORTED_MEDIA_TYPE -> "Send the body as application/json.";
            case INTERNAL_ERROR -> "Something went wrong on our side. Quote the trace_id when you report it.";
            case SERVICE_UNAVAILABLE -> "The service is not available right now. Try again shortly.";
        };
    }
}
