package io.flowmaestro.connections.local.suite;

import io.flowmaestro.connections.local.frontdoor.FrontDoor;
import io.flowmaestro.connections.local.frontdoor.Routes;
import io.flowmaestro.connections.local.frontdoor.Upstream;
import io.flowmaestro.connections.local.home.FullDisk;
import io.flowmaestro.connections.local.postgres.EmbeddedPostgres;
import io.flowmaestro.connections.local.postgres.SuiteDatabase;
import io.flowmaestro.connections.local.process.ChildProcess;
import io.flowmaestro.connections.local.process.Children;
import io.flowmaestro.connections.local.process.ProcessRecords;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the parts of the suite, each as soon as what it needs is there. */
final class Suite {
    /** As long as the other front doors wait (deploy/nginx, deploy/kubernetes): MCP servers may take 120 s. */
    private static final Duration ANSWER = Duration.ofSeconds(150);

    private final Installation installation;
    private final Children children;
    private final Processes processes;
    private final Progress progress;
    private final List<ChildProcess> running = new ArrayList<>();

    Suite(Installation installation, ProcessRecords records, Map<String, String> own, Progress progress) {
        this.installation = installation;
        this.children = new Children(records);
        this.processes = new Processes(installation, own);
        this.progress = progress;
    }

    Children children() {
        return children;
    }

    /** Returns when everything is healthy; the first part that cannot start ends it with its reason. */
    void start() {
        DemoProviderFile.write(installation);
        Together.run(List.of(this::database, this::identityProvider, this::demoProvider, this::frontDoor));
        Together.run(List.of(Service.values()).stream().map(this::service).toList());
    }

    void supervise() {
        Supervisor supervisor = new Supervisor(children, progress, InstantSource.system());
        synchronized (running) {
            running.forEach(supervisor::watch);
        }
    }

    private void database() throws InterruptedException {
        try {
            startDatabase();
        } catch (IOException failure) {
            throw FullDisk.refusal(installation.home(), failure, "The start failed: " + failure);
        }
    }

    private void startDatabase() throws IOException, InterruptedException {
        EmbeddedPostgres postgres = new EmbeddedPostgres(
                installation.home(),
                installation.secrets(),
                installation.ports().postgres(),
                children);
        ChildProcess server = started(postgres.start());
        SuiteDatabase database = new SuiteDatabase(installation.ports().postgres(), installation.secrets());
        database.awaitReady(server);
        progress.say("  postgres is ready");
        database.createIfMissing();
        for (Service service : Service.values()) {
            database.prepare(service.database(installation.secrets()), installation.migrations(service));
        }
        progress.say("  the schemas are ready");
    }

    private void identityProvider() throws InterruptedException {
        await(
                started(children.start(processes.identityProvider())),
                Health.ofProvider(installation.ports().identity()));
    }

    private void demoProvider() throws InterruptedException {
        await(
                started(children.start(processes.demoProvider())),
                Health.ofProvider(installation.ports().demo()));
    }

    private Together.Part service(Service service) {
        return () -> await(
                started(children.start(processes.service(service))), Health.ofService(installation.ports(), service));
    }

    /** Listens from early on, so that nobody else takes the port; it answers 503 until its services are there. */
    private void frontDoor() throws InterruptedException {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(2)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        Routes routes = new Routes(
                upstream(Service.CONNECTION_REGISTRY), upstream(Service.OAUTH_BROKER), upstream(Service.MCP_GATEWAY));
        new FrontDoor(vertx, routes, ANSWER)
                .listen(installation.ports().frontDoor())
                .toCompletableFuture()
                .join();
    }

    private Upstream upstream(Service service) {
        return new Upstream(
                service.serviceName(), "127.0.0.1", installation.ports().of(service));
    }

    private void await(ChildProcess child, Health health) throws InterruptedException {
        health.await(child);
        progress.say("  " + child.spec().name() + " is ready");
    }

    private ChildProcess started(ChildProcess child) {
        synchronized (running) {
            running.add(child);
        }
        return child;
    }
}
