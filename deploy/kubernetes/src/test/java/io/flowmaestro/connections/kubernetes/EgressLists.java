package io.flowmaestro.connections.kubernetes;

import java.net.InetAddress;
import java.util.List;

/** The egress guard's own lists, which are nobody else's business but this test's. */
final class EgressLists {
    private static final String RULES = "io.flowmaestro.connections.egress.AddressRules";

    private EgressLists() {}

    static List<String> specialIpv4() {
        return blocks("SPECIAL_IPV4");
    }

    static List<String> specialIpv6() {
        return blocks("SPECIAL_IPV6");
    }

    static String globalIpv6() {
        return block(field("GLOBAL_IPV6"));
    }

    private static List<String> blocks(String name) {
        return ((List<?>) field(name)).stream().map(EgressLists::block).toList();
    }

    private static Object field(String name) {
        try {
            var field = Class.forName(RULES).getDeclaredField(name);
            field.setAccessible(true);
            return field.get(null);
        } catch (ReflectiveOperationException renamed) {
            throw new IllegalStateException("The egress guard keeps its lists elsewhere now", renamed);
        }
    }

    private static String block(Object cidr) {
        try {
            var network = cidr.getClass().getDeclaredMethod("network");
            var prefix = cidr.getClass().getDeclaredMethod("prefix");
            network.setAccessible(true);
            prefix.setAccessible(true);
            return shortest(((InetAddress) network.invoke(cidr)).getHostAddress()) + "/" + prefix.invoke(cidr);
        } catch (ReflectiveOperationException renamed) {
            throw new IllegalStateException("The egress guard keeps its lists elsewhere now", renamed);
        }
    }

    /** Java writes every group of an IPv6 address; ours end in zeros. */
    private static String shortest(String address) {
        return address.contains(":") ? address.replaceFirst("(:0)+$", "::") : address;
    }
}
