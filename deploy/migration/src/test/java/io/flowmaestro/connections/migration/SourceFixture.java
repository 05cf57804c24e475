package io.flowmaestro.connections.migration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/** A FlowMaestro database of its own, shaped as the tables were at the three stages of their history. */
public final class SourceFixture implements AutoCloseable {
    public static final String USER = "0190a1ce-0000-7000-8000-00000000a11c";
    public static final String OTHER_USER = "0190a1ce-0000-7000-8000-00000000b0b0";

    private final String database =
            "flowmaestro_" + UUID.randomUUID().toString().replace('-', '_');
    private final Connection connection;

    /** One server for all tests of a JVM; it ends with the JVM. */
    private static final class Server {
        private static final EmbeddedPostgres INSTANCE = started();

        private static EmbeddedPostgres started() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofMinutes(1))
                        .start();
                try (Connection admin = postgres.getPostgresDatabase().getConnection()) {
                    admin.createStatement()
                            .execute("create role importer login nosuperuser nobypassrls password 'unused'");
                }
                return postgres;
            } catch (IOException | SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    public SourceFixture() throws SQLException {
        try (Connection admin = Server.INSTANCE.getPostgresDatabase().getConnection()) {
            admin.createStatement().execute("create database " + database);
        }
        connection = DriverManager.getConnection(Server.INSTANCE.getJdbcUrl("postgres", database));
        sql("create schema flowmaestro");
        sql("create table flowmaestro.users (id uuid primary key)");
        sql("insert into flowmaestro.users values ('%s'), ('%s')".formatted(USER, OTHER_USER));
    }

    /** As the document on the connections system has it. */
    public SourceFixture connections() throws SQLException {
        sql("""
                create table flowmaestro.connections (
                  id uuid primary key default gen_random_uuid(),
                  user_id uuid not null references flowmaestro.users (id),
                  name varchar(255) not null,
                  connection_method varchar(50) not null,
                  provider varchar(100) not null,
                  status varchar(50) default 'active',
                  data jsonb not null,
                  mcp_server_url text,
                  mcp_tools jsonb,
                  capabilities jsonb default '{}',
                  metadata jsonb default '{}',
                  last_used_at timestamp,
                  last_tested_at timestamp,
                  created_at timestamp default now(),
                  updated_at timestamp default now(),
                  deleted_at timestamp)""");
        return this;
    }

    /** What it was before it was renamed. */
    public SourceFixture credentials() throws SQLException {
        sql("""
                create table flowmaestro.credentials (
                  id uuid primary key default gen_random_uuid(),
                  user_id uuid not null references flowmaestro.users (id),
                  name varchar(255) not null,
                  type varchar(50) not null,
                  provider varchar(100) not null,
                  encrypted_data text not null,
                  metadata jsonb default '{}',
                  status varchar(50) default 'active',
                  last_tested_at timestamp,
                  last_used_at timestamp,
                  created_at timestamp default current_timestamp,
                  updated_at timestamp default current_timestamp)""");
        return this;
    }

    /** Beside the credentials; its type is the service. */
    public SourceFixture integrations() throws SQLException {
        sql("""
                create table flowmaestro.integrations (
                  id uuid primary key default gen_random_uuid(),
                  name varchar(255) not null,
                  type varchar(100) not null,
                  config jsonb not null,
                  credential_id uuid references flowmaestro.credentials (id) on delete set null,
                  user_id uuid not null,
                  enabled boolean default true,
                  created_at timestamp default current_timestamp,
                  updated_at timestamp default current_timestamp)""");
        return this;
    }

    public UUID connection(String method, String provider, String envelope) throws SQLException {
        UUID id = UUID.randomUUID();
        sql("""
                insert into flowmaestro.connections (id, user_id, name, connection_method, provider, data, mcp_server_url)
                values ('%s', '%s', 'My %4$s', '%3$s', '%4$s', '%5$s', %6$s)""".formatted(
                id, USER, method, provider, envelope, method.equals("mcp") ? "'http://localhost:3100'" : "null"));
        return id;
    }

    public UUID credential(String type, String provider, String envelope) throws SQLException {
        UUID id = UUID.randomUUID();
        sql(
                "insert into flowmaestro.credentials (id, user_id, name, type, provider, encrypted_data) values ('%s', '%s', 'Old %4$s', '%3$s', '%4$s', '%5$s')"
                        .formatted(id, USER, type, provider, envelope));
        return id;
    }

    public UUID integration(String service, UUID credential, String config) throws SQLException {
        UUID id = UUID.randomUUID();
        sql(
                "insert into flowmaestro.integrations (id, name, type, config, credential_id, user_id) values ('%s', 'The %s', '%2$s', '%s', '%s', '%s')"
                        .formatted(id, service, config, credential, USER));
        return id;
    }

    /** From now on the server lets the role in with this password only. */
    public void passwordOf(String role, String password) throws SQLException, IOException {
        sql("alter role %s password '%s'".formatted(role, password));
        Path rules = Path.of(value("show hba_file"));
        String rule = "host " + database + " " + role + " all scram-sha-256\n";
        Files.writeString(rules, rule + Files.readString(rules));
        sql("select pg_reload_conf()");
        // The server reads its rules when it gets to it.
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (letsIn(role)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the server still lets " + role + " in without a password");
            }
        }
    }

    private boolean letsIn(String role) {
        try (Connection asRole = DriverManager.getConnection(Server.INSTANCE.getJdbcUrl(role, database))) {
            return asRole.isValid(1);
        } catch (SQLException refused) {
            return false;
        }
    }

    public void sql(String statement) throws SQLException {
        try (var open = connection.createStatement()) {
            open.execute(statement);
        }
    }

    /** One value, as text. */
    public String value(String query) throws SQLException {
        try (var open = connection.createStatement();
                var result = open.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    public String url() {
        return url("postgres");
    }

    public String url(String role) {
        return "postgresql://" + role + "@localhost:" + Server.INSTANCE.getPort() + "/" + database;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        try (Connection admin = Server.INSTANCE.getPostgresDatabase().getConnection()) {
            admin.createStatement().execute("drop database " + database + " with (force)");
        }
    }
}
