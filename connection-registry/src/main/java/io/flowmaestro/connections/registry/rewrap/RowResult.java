package io.flowmaestro.connections.registry.rewrap;

/**
 * What a run found out about a row, to be written if it still holds the envelope that was read.
 *
 * @param written the envelope that takes its place; the same text unless it was rewrapped
 */
record RowResult(SealedRow row, Outcome outcome, String written) {

    static RowResult of(SealedRow row, RewrapAnswer.Item item) {
        return switch (item) {
            case RewrapAnswer.Item.Renewed renewed -> new RowResult(row, Outcome.REWRAPPED, renewed.envelope());
            case RewrapAnswer.Item.Unchanged _ -> new RowResult(row, Outcome.UNCHANGED, row.envelope());
            case RewrapAnswer.Item.Refused _ -> failed(row);
        };
    }

    static RowResult failed(SealedRow row) {
        return new RowResult(row, Outcome.FAILED, row.envelope());
    }

    @Override
    public String toString() {
        return "RowResult[%s, %s]".formatted(row.described(), outcome);
    }
}
