package io.flowmaestro.connections.egress;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/** The host of a URL in its one canonical form; every check looks at this and never at what was typed. */
sealed interface EgressHost {

    /** As it goes into the Host header, IPv6 in brackets. */
    String authority();

    /** A DNS name: ASCII, lower case, no trailing dot. */
    record Name(String ascii) implements EgressHost {
        @Override
        public String authority() {
            return ascii;
        }

        boolean localhost() {
            return ascii.equals("localhost") || ascii.endsWith(".localhost");
        }
    }

    /** An IP literal in any notation that some stack accepts. IPv4-mapped IPv6 has become IPv4. */
    record Literal(InetAddress address) implements EgressHost {
        @Override
        public String authority() {
            return address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        }
    }

    int LONGEST_NAME = 253;
    Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    /**
     * Brings a host into its canonical form.
     *
     * @param raw the host part of an authority, brackets included
     * @throws IllegalArgumentException when it is neither a name nor an address
     */
    static EgressHost parse(String raw) {
        if (raw.startsWith("[")) {
            return ipv6(raw);
        }
        // Nameprep folds full-width digits, ideographic stops and invisible characters before anything is compared.
        var ascii = IDN.toASCII(raw, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        var name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("The host is empty or too long");
        }
        var labels = name.split("\\.", -1);
        for (var label : labels) {
            if (!LABEL.matcher(label).matches()) {
                throw new IllegalArgumentException("The host has a part that is not allowed in a name");
            }
        }
        // As in the WHATWG URL standard: a host that ends in a number is an IPv4 address or nothing.
        if (NUMBER.matcher(labels[labels.length - 1]).matches()) {
            return new Literal(Inet4Address.ofPosixLiteral(name));
        }
        return new Name(name);
    }

    /** An entry of an allow-list: a name, an address, or an address block (whose network address is returned). */
    static EgressHost parseEntry(String entry) {
        int slash = entry.indexOf('/');
        var host = slash < 0 ? entry : entry.substring(0, slash);
        var parsed = host.contains(":") ? new Literal(InetAddress.ofLiteral(host)) : parse(host);
        if (slash >= 0 && parsed instanceof Name) {
            throw new IllegalArgumentException("A name has no prefix length");
        }
        return parsed;
    }

    private static EgressHost ipv6(String raw) {
        if (!raw.endsWith("]") || raw.indexOf('%') >= 0 || raw.indexOf(':') < 0) {
            throw new IllegalArgumentException("The IPv6 address is not well formed, or has a zone");
        }
        return new Literal(Inet6Address.ofLiteral(raw.substring(1, raw.length() - 1)));
    }
}
