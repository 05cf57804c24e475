package io.flowmaestro.connections.egress;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;

/** The machine's own resolver on threads of its own, so that a slow name server holds up neither event loop nor workers. */
@ApplicationScoped
class SystemNameResolver implements NameResolver {

    private final Vertx vertx;
    private final WorkerExecutor threads;
    private final Duration timeout;

    SystemNameResolver(Vertx vertx, EgressSettings settings) {
        this.vertx = vertx;
        this.timeout = settings.resolveTimeout();
        this.threads = vertx.createSharedWorkerExecutor("egress-names", settings.resolvers());
    }

    @Override
    public Uni<List<InetAddress>> resolve(String name) {
        return Uni.createFrom().deferred(() -> UniHelper.toUni(lookUp(name)));
    }

    /** The look-up itself cannot be interrupted; past the timeout its answer is dropped. */
    private Future<List<InetAddress>> lookUp(String name) {
        Promise<List<InetAddress>> answer = Promise.promise();
        long timer = vertx.setTimer(
                timeout.toMillis(), _ -> answer.tryFail(new EgressFailure(EgressFailure.Kind.TIMEOUT, false, null)));
        threads.executeBlocking(() -> List.of(InetAddress.getAllByName(name)), false)
                .onSuccess(answer::tryComplete)
                .onFailure(e -> answer.tryFail(new EgressFailure(EgressFailure.Kind.UNREACHABLE, false, e)))
                .onComplete(_ -> vertx.cancelTimer(timer));
        return answer.future();
    }

    @PreDestroy
    void close() {
        threads.close();
    }
}
