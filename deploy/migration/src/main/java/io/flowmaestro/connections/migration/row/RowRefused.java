package io.flowmaestro.connections.migration.row;

/** Why a row cannot be a connection. The detail names columns and what to do, never what a secret column holds. */
final class RowRefused extends RuntimeException {
    private final String code;
    private final String detail;

    RowRefused(String code, String detail) {
        super(code, null, false, false);
        this.code = code;
        this.detail = detail;
    }

    String code() {
        return code;
    }

    String detail() {
        return detail;
    }
}
