package io.flowmaestro.connections.oauthclient;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A provider's variables are not what its definition asks for. The message is for the user and holds no value. */
public final class VariablesRefused extends RuntimeException {

    private final transient Map<String, String> problems;

    VariablesRefused(Map<String, String> problems) {
        super(problems.entrySet().stream()
                .map(problem -> problem.getKey() + " " + problem.getValue())
                .collect(Collectors.joining("; ", "", ".")));
        this.problems = Collections.unmodifiableMap(new TreeMap<>(problems));
    }

    /** What is wrong, by the variable's name: missing, unknown, or not allowed and what would be. */
    public Map<String, String> problems() {
        return problems;
    }
}
