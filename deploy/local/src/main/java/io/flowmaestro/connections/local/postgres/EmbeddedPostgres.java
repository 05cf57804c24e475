package io.flowmaestro.connections.local.postgres;

import io.flowmaestro.connections.local.home.Home;
import io.flowmaestro.connections.local.home.PrivateFiles;
import io.flowmaestro.connections.local.home.Secrets;
import io.flowmaestro.connections.local.process.ChildProcess;
import io.flowmaestro.connections.local.process.Children;
import io.flowmaestro.connections.local.process.ProcessSpec;
import io.flowmaestro.connections.local.process.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The suite's PostgreSQL server: its own binaries, its own data folder, on loopback only. */
public final class EmbeddedPostgres {
    public static final String NAME = "postgres";
    public static final String SUPERUSER = "postgres";
    private static final Duration FAST_SHUTDOWN = Duration.ofSeconds(30);

    private final Home home;
    private final Secrets secrets;
    private final int port;
    private final Children children;

    public EmbeddedPostgres(Home home, Secrets secrets, int port, Children children) {
        this.home = home;
        this.secrets = secrets;
        this.port = port;
        this.children = children;
    }

    public ChildProcess start() throws IOException, InterruptedException {
        Path server = ServerArchive.unpackedIn(home.postgres());
        if (!Files.exists(data())) {
            initialise(server);
        }
        return children.start(specification(NAME, "postgres", serverCommand(server)));
    }

    /** Works on a draft and renames it, so an interrupted start never leaves half a cluster under the final name. */
    private void initialise(Path server) throws IOException, InterruptedException {
        Path draft = home.postgres().resolve("data.draft");
        ServerArchive.delete(draft);
        Path password = home.run().resolve("initdb-password");
        PrivateFiles.write(password, secrets.superuserPassword() + "\n");
        try {
            ChildProcess initdb =
                    children.start(specification("initdb", "initdb", initCommand(server, draft, password)));
            if (initdb.exitCode() != 0) {
                throw initdb.endedEarly("while it made the database");
            }
            initdb.stop();
        } finally {
            Files.deleteIfExists(password);
        }
        Files.move(draft, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> initCommand(Path server, Path draft, Path password) {
        List<String> command = new ArrayList<>(Unprivileged.prefix());
        command.addAll(List.of(
                server.resolve("bin/initdb").toString(),
                "--pgdata=" + draft,
                "--username=" + SUPERUSER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--data-checksums"));
        return command;
    }

    /** Durable: what a client was told is committed survives a crash of the server and of the machine. */
    private List<String> serverCommand(Path server) {
        List<String> command = new ArrayList<>(Unprivileged.prefix());
        command.addAll(List.of(server.resolve("bin/postgres").toString(), "-D", data().toString()));
        Map.ofEntries(
                        Map.entry("port", Integer.toString(port)),
                        Map.entry("listen_addresses", "127.0.0.1"),
                        Map.entry("unix_socket_directories", ""),
                        Map.entry("fsync", "on"),
                        Map.entry("full_page_writes", "on"),
                        Map.entry("synchronous_commit", "on"),
                        Map.entry("password_encryption", "scram-sha-256"),
                        Map.entry("max_connections", "200"),
                        Map.entry("shared_buffers", "64MB"),
                        Map.entry("timezone", "UTC"),
                        Map.entry("log_timezone", "UTC"),
                        // A failing statement is logged without its text: that of CREATE ROLE holds a password.
                        Map.entry("log_min_error_statement", "panic"),
                        Map.entry("log_line_prefix", "%m [%p] %q%u@%d "))
                .forEach((setting, value) -> command.addAll(List.of("-c", setting + "=" + value)));
        return command;
    }

    private ProcessSpec specification(String name, String program, List<String> command) {
        return new ProcessSpec(
                name,
                program,
                command,
                Map.of("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"), "LC_ALL", "C", "TZ", "UTC"),
                home.postgres(),
                home.log(NAME),
                StopSignal.INT,
                FAST_SHUTDOWN);
    }

    private Path data() {
        return home.postgres().resolve("data");
    }
}
