package io.flowmaestro.connections.usage;

import io.flowmaestro.connections.http.ProblemCode;

/** The problem that this library answers with. */
public enum UsageProblem implements ProblemCode {
    USAGE_BUFFER_FULL("usage-buffer-full", 503, "Usage cannot be recorded right now");

    private final String code;
    private final int status;
    private final String title;

    UsageProblem(String code, int status, String title) {
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
}
