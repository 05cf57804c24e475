package io.flowmaestro.connections.egress;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The real client with its real rules, opened for loopback as the local profile does it; only {@code localhost} resolves. */
public final class LoopbackEgress {

    private LoopbackEgress() {}

    public static EgressClient client(Vertx vertx) {
        var settings = new Settings();
        return new EgressClient(new EgressGuard(settings, LoopbackEgress::resolve, true), vertx, settings);
    }

    private static Uni<List<InetAddress>> resolve(String name) {
        return name.equals("localhost")
                ? Uni.createFrom().item(List.of(InetAddress.getLoopbackAddress()))
                : Uni.createFrom().failure(new EgressFailure(EgressFailure.Kind.UNREACHABLE, false, null));
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
            return 4;
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
            return 4;
        }

        @Override
        public int waitingPerHost() {
            return 4;
        }

        @Override
        public Duration keepAlive() {
            return Duration.ofSeconds(5);
        }
    }
}
