package io.flowmaestro.connections.registry.rewrap;

import java.util.UUID;

/**
 * What a run found out about a row, to be written if the row still holds the envelope that was read.
 *
 * @param read the envelope as it was read, JSON text
 * @param written the envelope that takes its place; the same text unless it was rewrapped
 */
record RowResult(UUID connection, Outcome outcome, String read, String written) {

    static RowResult of(SealedRow row, RewrapAnswer.Item item) {
        return switch (item) {
            case RewrapAnswer.Item.Renewed renewed ->
                new RowResult(row.connection(), Outcome.REWRAPPED, row.envelope(), renewed.envelope());
            case RewrapAnswer.Item.Unchanged _ ->
                new RowResult(row.connection(), Outcome.UNCHANGED, row.envelope(), row.envelope());
            case RewrapAnswer.Item.Refused _ -> failed(row);
        };
    }

    static RowResult failed(SealedRow row) {
        return new RowResult(row.connection(), Outcome.FAILED, row.envelope(), row.envelope());
    }

    @Override
    public String toString() {
        return "RowResult[%s, %s]".formatted(connection, outcome);
    }
}
