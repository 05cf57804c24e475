package io.flowmaestro.connections.mcp.endpoint.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Severities of log notifications (RFC 5424), the least severe first. */
public final class LogLevel {

    private static final List<String> LEVELS =
            List.of("debug", "info", "notice", "warning", "error", "critical", "alert", "emergency");

    private LogLevel() {}

    public static boolean exists(@Nullable String level) {
        return level != null && LEVELS.contains(level);
    }

    /** Whether a message of that level is wanted by someone who asked for the least level. */
    public static boolean reaches(@Nullable String level, String least) {
        return !exists(level) || LEVELS.indexOf(level) >= LEVELS.indexOf(least);
    }
}
