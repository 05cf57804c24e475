package io.flowmaestro.connections.egress;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The real client with its real rules, whose requests end at one loopback port whatever host they are for. The real
 * scheme and host go along in a header, so that whoever listens there can tell whether they were right.
 */
public final class RedirectedEgress extends EgressClient {

    private final String header;
    private final List<EgressRequest> sent = new CopyOnWriteArrayList<>();
    private volatile int port;
    private volatile UnaryOperator<EgressRequest> tampering = UnaryOperator.identity();

    /** @param header in which the real scheme and host go */
    public RedirectedEgress(Vertx vertx, String header) {
        this(vertx, header, new Settings());
    }

    private RedirectedEgress(Vertx vertx, String header, EgressSettings settings) {
        super(new EgressGuard(settings, RedirectedEgress::resolve, true), vertx, options(settings));
        this.header = header;
    }

    /** What an address is refused with that is nobody's on the public internet. */
    public static EgressRefused refused(String host) {
        return new EgressRefused(new Refusal.NotPublic(host));
    }

    public void to(int listener) {
        port = listener;
        tampering = UnaryOperator.identity();
        sent.clear();
    }

    /** Changes requests on their way, so that a listener's strictness can be tried. */
    public void tamper(UnaryOperator<EgressRequest> change) {
        tampering = change;
    }

    /** What comes of requests that go out as they are. */
    public <T> T untampered(Supplier<T> requests) {
        var change = tampering;
        tampering = UnaryOperator.identity();
        try {
            return requests.get();
        } finally {
            tampering = change;
        }
    }

    /** Requests as they were asked for. */
    public List<EgressRequest> sent() {
        return List.copyOf(sent);
    }

    @Override
    public Uni<EgressResponse> send(EgressRequest asked) {
        sent.add(asked);
        EgressRequest request = tampering.apply(asked);
        URI uri = URI.create(request.url());
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return super.send(new EgressRequest(
                        request.method(),
                        "http://127.0.0.1:" + port + uri.getRawPath() + query,
                        request.headers(),
                        request.body(),
                        request.timeout(),
                        request.idleTimeout(),
                        request.maxBody(),
                        request.owner())
                .withHeader(header, uri.getScheme() + "://" + uri.getRawAuthority()));
    }

    private static Uni<List<java.net.InetAddress>> resolve(String name) {
        return Uni.createFrom().failure(new EgressFailure(EgressFailure.Kind.UNREACHABLE, false, null));
    }

    private record Settings() implements EgressSettings {
        @Override
        public Set<Integer> ports() {
            return Set.of(443);
        }

        @Override
        public Optional<List<String>> allow() {
            return Optional.empty();
        }

        @Override
        public Duration resolveTimeout() {
            return Duration.ofSeconds(5);
        }

        @Override
        public int resolvers() {
            return 1;
        }

        @Override
        public Duration connectTimeout() {
            return Duration.ofSeconds(5);
        }

        @Override
        public int maxHeaderBytes() {
            return 32_768;
        }

        @Override
        public int connectionsPerHost() {
            return 8;
        }

        @Override
        public int waitingPerHost() {
            return 8;
        }

        @Override
        public Duration keepAlive() {
            return Duration.ofSeconds(5);
        }
    }
}
