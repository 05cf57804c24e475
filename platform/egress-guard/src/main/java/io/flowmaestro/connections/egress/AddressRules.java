package io.flowmaestro.connections.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/** Which addresses the public internet routes, after the IANA special-purpose address registries (RFC 6890, RFC 8190). */
final class AddressRules {

    private static final List<Cidr> SPECIAL_IPV4 = blocks(
            "0.0.0.0/8", // this network, unspecified
            "10.0.0.0/8", // private
            "100.64.0.0/10", // carrier-grade NAT
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, cloud metadata
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, broadcast

    /** Everything outside is loopback, unspecified, ULA, link-local, site-local, multicast, NAT64 or IPv4-compatible. */
    private static final Cidr GLOBAL_IPV6 = Cidr.parse("2000::/3");

    private static final List<Cidr> SPECIAL_IPV6 = blocks(
            "2001::/23", // protocol assignments: Teredo, benchmarks, ORCHID
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4 carries any IPv4 address
            "3ffe::/16", // former 6bone
            "3fff::/20"); // documentation

    private static final List<Cidr> PRIVATE_USE =
            blocks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");

    /** No setting opens these: the machine itself, its link (metadata services), and groups. */
    private static final List<Cidr> NEVER = blocks(
            "0.0.0.0/8",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "224.0.0.0/4",
            "255.255.255.255/32",
            "::/96",
            "fe80::/10",
            "ff00::/8",
            "fd00:ec2::254/128",
            "fd20:ce::254/128");

    private AddressRules() {}

    static boolean globallyRoutable(InetAddress address) {
        if (address instanceof Inet4Address) {
            return within(SPECIAL_IPV4, address).isEmpty();
        }
        return GLOBAL_IPV6.contains(address) && within(SPECIAL_IPV6, address).isEmpty();
    }

    static boolean privateUse(InetAddress address) {
        return !within(PRIVATE_USE, address).isEmpty() && !neverAllowed(address);
    }

    static boolean neverAllowed(InetAddress address) {
        return !within(NEVER, address).isEmpty();
    }

    static boolean touchesNeverAllowed(Cidr block) {
        return NEVER.stream().anyMatch(never -> !neverSingle(never) && block.overlaps(never));
    }

    /** Single metadata addresses inside a private block do not make the whole block unusable; they stay closed by address. */
    private static boolean neverSingle(Cidr never) {
        return never.prefix() == never.network().getAddress().length * Byte.SIZE;
    }

    private static List<Cidr> within(List<Cidr> blocks, InetAddress address) {
        return blocks.stream().filter(block -> block.contains(address)).toList();
    }

    private static List<Cidr> blocks(String... blocks) {
        return Stream.of(blocks).map(Cidr::parse).toList();
    }
}
