package io.flowmaestro.connections.arguments;

import com.networknt.schema.SchemaException;

/** An evaluation costs more than it may. The validator passes this kind of exception on without a word in the log. */
final class BudgetSpent extends SchemaException {
    BudgetSpent() {
        super("more steps or time than allowed");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
