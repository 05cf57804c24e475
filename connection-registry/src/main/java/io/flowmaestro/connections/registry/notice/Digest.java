package io.flowmaestro.connections.registry.notice;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One message about all notices of an owner, the latest one of each connection, as plain text. */
record Digest(String subject, String text) {

    private static final int MOST_LINES = 50;

    static Digest of(List<Notice> notices, URI publicUrl) {
        Map<Object, Notice> latest = new LinkedHashMap<>();
        notices.forEach(notice -> latest.put(notice.connection(), notice));
        List<Notice> shown = new ArrayList<>(latest.values());
        long recovered = shown.stream().filter(Digest::isRecovered).count();
        return new Digest(subject(shown.size() - recovered, recovered), text(shown, publicUrl));
    }

    private static String subject(long attention, long recovered) {
        if (attention == 0) {
            return recovered == 1 ? "A connection works again" : recovered + " connections work again";
        }
        return attention == 1 ? "A connection needs your attention" : attention + " connections need your attention";
    }

    private static String text(List<Notice> notices, URI publicUrl) {
        StringBuilder text = new StringBuilder();
        notices.stream()
                .limit(MOST_LINES)
                .forEach(notice -> text.append("- ")
                        .append(notice.name())
                        .append(": ")
                        .append(told(notice))
                        .append(notice.reason() == null || isRecovered(notice) ? "" : " " + notice.reason())
                        .append('\n'));
        if (notices.size() > MOST_LINES) {
            text.append("- and ").append(notices.size() - MOST_LINES).append(" more\n");
        }
        return text.append("\nSee and mend them: ")
                .append(publicUrl)
                .append("/connections\nTurn these messages off: ")
                .append(publicUrl)
                .append("/connections#notifications\n")
                .toString();
    }

    private static String told(Notice notice) {
        return switch (notice.type()) {
            case "recovered" -> "works again.";
            case "expired" -> "has expired and cannot be used until you reconnect it.";
            case "revoked" -> "was revoked and cannot be used until you reconnect it.";
            case "expiring" -> "ends soon; reconnect it before it does.";
            default -> "was refused by its provider and cannot be used until you correct it.";
        };
    }

    private static boolean isRecovered(Notice notice) {
        return notice.type().equals("recovered");
    }
}
