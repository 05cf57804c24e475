package io.flowmaestro.connections.egress;

import java.net.InetAddress;

/** An address block such as {@code 10.0.0.0/8}; a bare address is a block of one. */
record Cidr(InetAddress network, int prefix) {

    Cidr {
        if (prefix < 0 || prefix > network.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("The prefix length does not fit the address");
        }
    }

    /** @throws IllegalArgumentException when the text is no address block */
    static Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            var address = InetAddress.ofLiteral(text);
            return new Cidr(address, address.getAddress().length * Byte.SIZE);
        }
        return new Cidr(InetAddress.ofLiteral(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }

    boolean contains(InetAddress address) {
        return samePrefix(address, prefix);
    }

    boolean overlaps(Cidr other) {
        return samePrefix(other.network, Math.min(prefix, other.prefix));
    }

    private boolean samePrefix(InetAddress address, int bits) {
        var mine = network.getAddress();
        var theirs = address.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int i = 0; i < mine.length && bits > i * Byte.SIZE; i++) {
            int compared = Math.min(Byte.SIZE, bits - i * Byte.SIZE);
            int mask = 0xff << (Byte.SIZE - compared) & 0xff;
            if ((mine[i] & mask) != (theirs[i] & mask)) {
                return false;
            }
        }
        return true;
    }
}
