package io.flowmaestro.connections.egress;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hosts as an operator writes them down: {@code tools.example.com}, {@code *.example.com}, an address; with a port or without. */
public final class HostList {

    private static final String ANY_BELOW = "*.";
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    private final List<Entry> entries;

    private HostList(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** @param port null for every port */
    private record Entry(
            EgressHost host, boolean below, @Nullable Integer port) {

        boolean covers(EgressHost asked, int askedPort) {
            return (port == null || port == askedPort) && (below ? isBelow(asked) : host.equals(asked));
        }

        private boolean isBelow(EgressHost asked) {
            return asked instanceof EgressHost.Name name && name.ascii().endsWith("." + host.authority());
        }
    }

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException that names the entry that is wrong, and says how they are written
     */
    public static HostList parse(List<String> written) {
        var entries = new ArrayList<Entry>();
        for (var text : written) {
            try {
                entries.add(entry(text.strip()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "\"" + text + "\" is no host. Write tools.example.com, *.example.com (what is below"
                                + " example.com, not itself) or an address, each with :port or without.",
                        e);
            }
        }
        return new HostList(entries);
    }

    private static Entry entry(String text) {
        boolean below = text.startsWith(ANY_BELOW);
        var rest = below ? text.substring(ANY_BELOW.length()) : text;
        int colon = rest.indexOf(':', rest.lastIndexOf(']') + 1);
        var host = EgressHost.parse(colon < 0 ? rest : rest.substring(0, colon));
        if (below && !(host instanceof EgressHost.Name)) {
            throw new IllegalArgumentException("Nothing is below an address");
        }
        return new Entry(host, below, colon < 0 ? null : port(rest.substring(colon + 1)));
    }

    private static int port(String text) {
        int port = PORT.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("The port is none");
        }
        return port;
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    boolean covers(EgressHost host, int port) {
        return entries.stream().anyMatch(entry -> entry.covers(host, port));
    }
}
