package io.flowmaestro.connections.arguments;

import com.networknt.schema.SchemaException;

/** What the arguments must fit hangs on something that cannot be evaluated. Passed on like {@link BudgetSpent}. */
final class Undecidable extends SchemaException {
    Undecidable() {
        super("something in the schema cannot be evaluated");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
