package io.flowmaestro.connections.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseSetupTest {

    private static EmbeddedPostgres postgres;

    @TempDir
    private Path migrations;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
        sql("create role operator login createrole password 'op'");
        sql("grant create on database postgres to operator");
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    private static String url() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    private static void sql(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(url(), "postgres", "");
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private void prepare(String creator, String password, ServiceDatabase database) throws Exception {
        Files.writeString(
                migrations.resolve("V001__table.sql"),
                "create table things (id int); grant select on things to " + database.app() + ";");
        new DatabaseSetup(url(), creator, password).prepare(database, "filesystem:" + migrations);
    }

    private static boolean reads(ServiceDatabase database) throws SQLException {
        try (var connection = DriverManager.getConnection(url(), database.app(), database.appPassword());
                var sql = connection.createStatement()) {
            return sql.execute("select count(*) from " + database.schema() + ".things");
        }
    }

    @Test
    void preparesAsASuperuserAndAgain() throws Exception {
        prepare("postgres", "", new ServiceDatabase("first", "o", "a", "j"));
        var renewed = new ServiceDatabase("first", "o2", "a2", "j2");
        prepare("postgres", "", renewed);
        assertThat(reads(renewed)).isTrue();
    }

    @Test
    void preparesWhereThereIsNoSuperuser() throws Exception {
        var database = new ServiceDatabase("managed", "o", "a", "j");
        prepare("operator", "op", database);
        prepare("operator", "op", database);
        assertThat(reads(database)).isTrue();
    }

    @Test
    void letsNoRoleMakeTemporaryTables() throws Exception {
        var database = new ServiceDatabase("lasting", "o", "a", "j");
        prepare("postgres", "", database);
        for (var role : database.roles()) {
            try (var connection = DriverManager.getConnection(url(), role.name(), role.password());
                    var sql = connection.createStatement()) {
                assertThatThrownBy(() -> sql.execute("create temporary table passing (id int)"))
                        .as(role.name())
                        .hasMessageContaining("permission denied to create temporary tables");
            }
        }
    }

    @Test
    void refusesARoleThatRowSecurityDoesNotHold() throws Exception {
        sql("create role loose_app login bypassrls password 'x'");
        var database = new ServiceDatabase("loose", "o", "a", "j");
        assertThatThrownBy(() -> prepare("postgres", "", database))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("the role loose_app is a superuser or bypasses row security");
    }
}
