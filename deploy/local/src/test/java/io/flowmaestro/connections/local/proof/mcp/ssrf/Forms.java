package io.flowmaestro.connections.local.proof.mcp.ssrf;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The many ways to write down an address, and to hide one from a parser. */
final class Forms {
    private static final String FULL_WIDTH = "０１２３４５６７８９";
    private static final String CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨";

    private Forms() {}

    /** Hosts that are one address. */
    static List<String> hosts(InetAddress address) {
        return address instanceof Inet4Address ? ipv4(address.getAddress()) : ipv6(address.getHostAddress());
    }

    private static List<String> ipv4(byte[] bytes) {
        int a = bytes[0] & 0xff;
        int b = bytes[1] & 0xff;
        int c = bytes[2] & 0xff;
        int d = bytes[3] & 0xff;
        long whole = (a * 256L + b) * 65_536 + c * 256 + d;
        var dotted = "%d.%d.%d.%d".formatted(a, b, c, d);
        return List.of(
                dotted,
                dotted + ".",
                Long.toString(whole),
                "0x%08x".formatted(whole),
                "0X%X".formatted(whole),
                "0%o".formatted(whole),
                "0x%x.0x%x.0x%x.0x%x".formatted(a, b, c, d),
                "0%o.0%o.0%o.0%o".formatted(a, b, c, d),
                "000%o.%d.0x%x.%d".formatted(a, b, c, d),
                "%d.%d.%d".formatted(a, b, c * 256 + d),
                "%d.%d".formatted(a, (b * 256 + c) * 256 + d),
                "0x%x.%d".formatted(a, (b * 256 + c) * 256 + d),
                "%03d.%03d.%03d.%03d".formatted(a, b, c, d),
                digits(dotted, FULL_WIDTH),
                digits(dotted, CIRCLED),
                dotted.replace('.', '。'),
                dotted.replace('.', '．'),
                dotted.replace('.', '｡'),
                dotted.replace(".", "%2e"),
                "%%3%d%s".formatted(a / 100 == 0 ? a % 10 : a / 100, dotted.substring(1)),
                "[::ffff:" + dotted + "]",
                "[::ffff:%x:%x]".formatted(a * 256 + b, c * 256 + d),
                "[0:0:0:0:0:FFFF:%x:%x]".formatted(a * 256 + b, c * 256 + d),
                "[::" + dotted + "]",
                "[::ffff:0:%x:%x]".formatted(a * 256 + b, c * 256 + d),
                "[64:ff9b::" + dotted + "]",
                "[64:ff9b:1::%x:%x]".formatted(a * 256 + b, c * 256 + d),
                "[2002:%x:%x::]".formatted(a * 256 + b, c * 256 + d),
                "[2001:0:%x:%x::%x:%x]"
                        .formatted(a * 256 + b, c * 256 + d, ~(a * 256 + b) & 0xffff, ~(c * 256 + d) & 0xffff));
    }

    private static String digits(String dotted, String digits) {
        var text = new StringBuilder();
        dotted.chars().forEach(each -> text.append(each == '.' ? '.' : digits.charAt(each - '0')));
        return text.toString();
    }

    private static List<String> ipv6(String address) {
        var plain = address.contains("%") ? address.substring(0, address.indexOf('%')) : address;
        return List.of(
                "[" + plain + "]",
                "[" + plain.toUpperCase(java.util.Locale.ROOT) + "]",
                "[" + plain + "%25lo]",
                "[" + plain + "%lo]");
    }

    /** URLs that some parsers take for the valid host, and others for the address. */
    static List<String> confusing(String valid, String address) {
        List<String> urls = new ArrayList<>();
        Stream.of(
                        "https://%1$s@%2$s/",
                        "https://%1$s:443@%2$s/",
                        "https://%2$s#@%1$s/",
                        "https://%2$s?@%1$s/",
                        "https://%2$s\\@%1$s/",
                        "https://%1$s\\@%2$s/",
                        "https://%2$s;@%1$s/",
                        "https://%2$s,%1$s/",
                        "https://%1$s,%2$s/",
                        "https://%2$s\t%1$s/",
                        "https://%1$s%%00@%2$s/",
                        "https://%2$s%%00.%1$s/",
                        "https://%2$s%%23@%1$s/",
                        "https:/%2$s/",
                        "https:\\\\%2$s\\",
                        "https:////%2$s/",
                        "//%2$s/",
                        "%2$s",
                        " https://%2$s/",
                        "https://%2$s /",
                        "https://%2$s\r\nHost: %1$s/",
                        "https://[%2$s]/",
                        "https://%2$s:443:80/",
                        "https://%2$s:0443/",
                        "https://%2$s:+443/",
                        "https://%2$s:65979/",
                        "https://%2$s:22/",
                        "http://%2$s/",
                        "http://%2$s:443/",
                        "HTTPS://%2$s/",
                        "ftp://%2$s/",
                        "gopher://%2$s:6379/_x",
                        "file://%2$s/etc/passwd",
                        "jar:https://%2$s!/x",
                        "dict://%2$s:6379/info",
                        "ws://%2$s/")
                .forEach(form -> urls.add(form.formatted(valid, address)));
        return urls;
    }
}
