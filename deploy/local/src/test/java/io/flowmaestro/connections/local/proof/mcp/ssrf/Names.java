package io.flowmaestro.connections.local.proof.mcp.ssrf;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * A name server (RFC 1035, as much as a stub resolver needs) that answers what a stranger's would: any address for any of its names,
 * and another one the next time. Nothing may be remembered.
 */
final class Names implements AutoCloseable {
    private static final int A = 1;
    private static final int AAAA = 28;
    private static final int CLASS_IN = 1;
    private static final int FOUND = 0x8580;
    private static final int NO_SUCH_NAME = 0x8583;
    private static final int POINTER_TO_QUESTION = 0xc00c;
    private static final int HEADER = 12;

    private final DatagramSocket socket;
    private final Map<String, List<List<InetAddress>>> answers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final LongAdder questions = new LongAdder();

    Names(InetSocketAddress address) throws SocketException {
        socket = new DatagramSocket(address);
        Thread.ofVirtual().start(this::serve);
    }

    /** The answers to a name in turn; the last one stays. Those for A and AAAA are asked for apart, and counted apart. */
    @SafeVarargs
    final String name(String name, List<InetAddress>... inTurn) {
        answers.put(name, List.of(inTurn));
        return name;
    }

    long questions() {
        return questions.sum();
    }

    private void serve() {
        var packet = new DatagramPacket(new byte[1_500], 1_500);
        while (!socket.isClosed()) {
            try {
                packet.setLength(1_500);
                socket.receive(packet);
                byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException closedOrUnreadable) {
                // The next question may be a better one.
            }
        }
    }

    private byte[] answer(ByteBuffer query) throws IOException {
        questions.increment();
        int id = query.getShort() & 0xffff;
        query.position(HEADER);
        var name = name(query);
        int type = query.getShort() & 0xffff;
        int endOfQuestion = query.position() + 2;
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        var addresses = addresses(name, type);
        out.writeShort(id);
        out.writeShort(answers.containsKey(name) ? FOUND : NO_SUCH_NAME);
        out.writeShort(1);
        out.writeShort(addresses.size());
        out.writeInt(0);
        out.write(query.array(), HEADER, endOfQuestion - HEADER);
        for (var address : addresses) {
            out.writeShort(POINTER_TO_QUESTION);
            out.writeShort(type);
            out.writeShort(CLASS_IN);
            out.writeInt(0);
            out.writeShort(address.getAddress().length);
            out.write(address.getAddress());
        }
        return bytes.toByteArray();
    }

    private static String name(ByteBuffer query) {
        var name = new StringBuilder();
        for (int length = query.get() & 0xff; length > 0; length = query.get() & 0xff) {
            var label = new byte[length];
            query.get(label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.US_ASCII));
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }

    private List<InetAddress> addresses(String name, int type) {
        var inTurn = answers.get(name);
        if (inTurn == null || (type != A && type != AAAA)) {
            return List.of();
        }
        int turn = asked.computeIfAbsent(name + " " + type, _ -> new AtomicInteger())
                .getAndIncrement();
        return inTurn.get(Math.min(turn, inTurn.size() - 1)).stream()
                .filter(address -> address instanceof Inet4Address == (type == A))
                .toList();
    }

    @Override
    public void close() {
        socket.close();
    }
}
