package io.flowmaestro.connections.catalog;

import java.util.List;

/** A provider file that cannot be used, with everything that is wrong with it. */
public final class ProviderFileException extends Exception {

    private final transient List<String> problems;

    ProviderFileException(String file, List<String> problems) {
        super("provider file %s: %s".formatted(file, String.join("; ", problems)));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
