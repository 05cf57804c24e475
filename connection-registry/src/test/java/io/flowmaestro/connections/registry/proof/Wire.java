package io.flowmaestro.connections.registry.proof;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One kept-alive HTTP/1.1 connection that sends any bytes. A client library would refuse what has to be tried. */
final class Wire implements AutoCloseable {

    private final int port;
    private final Duration patience;
    private @Nullable Socket socket;
    private InputStream in = InputStream.nullInputStream();

    Wire(int port, Duration patience) {
        this.port = port;
        this.patience = patience;
    }

    /**
     * Sends a request and reads the answer. Any server may close a connection after an answer; the request that finds it
     * closed is sent once more on another one, as clients do.
     *
     * @throws java.net.SocketTimeoutException when it does not come in time
     * @throws IOException when the server hangs up instead
     */
    Answer send(byte[] request) throws IOException {
        boolean used = socket != null;
        try {
            return sendOnce(request);
        } catch (EOFException | SocketException closed) {
            if (used) {
                return sendOnce(request);
            }
            throw closed;
        }
    }

    private Answer sendOnce(byte[] request) throws IOException {
        if (socket == null) {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
            in = new BufferedInputStream(socket.getInputStream());
        }
        boolean whole = false;
        try {
            write(socket, request);
            Answer answer = read();
            whole = !"close".equalsIgnoreCase(answer.headers().getOrDefault("connection", ""));
            return answer;
        } finally {
            if (!whole) {
                close();
            }
        }
    }

    /** A server may refuse a request before it has read all of it; its answer is there all the same. */
    private static void write(Socket socket, byte[] request) {
        try {
            socket.getOutputStream().write(request);
        } catch (IOException refusedMeanwhile) {
            // the answer tells
        }
    }

    private Answer read() throws IOException {
        String start = line();
        int status = Integer.parseInt(start.split(" ", 3)[1]);
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            String[] header = line.split(":", 2);
            headers.merge(header[0].toLowerCase(Locale.ROOT), header[1].strip(), (a, b) -> a + ", " + b);
        }
        return status == 100 ? read() : new Answer(status, headers, body(status, headers));
    }

    private byte[] body(int status, Map<String, String> headers) throws IOException {
        if (status == 204 || status == 304) {
            return new byte[0];
        }
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            return chunks();
        }
        String length = headers.get("content-length");
        return length == null ? in.readAllBytes() : exactly(Integer.parseInt(length));
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.writeBytes(exactly(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the server hung up in the middle of its answer");
        }
        return bytes;
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("the server hung up without an answer");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
