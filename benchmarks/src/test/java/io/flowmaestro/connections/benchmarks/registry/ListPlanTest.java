package io.flowmaestro.connections.benchmarks.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.benchmarks.registry.ListStatements.Logged;
import io.flowmaestro.connections.benchmarks.server.DurablePostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a benchmark says of a list's statement is seen also when a function hides it. */
class ListPlanTest {

    private static final StoredRows ROWS = new StoredRows("plans", 200);
    private static final String FUNCTION = """
            create or replace function registry.a_list(u uuid) returns setof registry.connection_line
              language plpgsql volatile %s as
            $$ begin
              perform set_config('app.user_id', u::text, true);
              %s
            end $$""";
    private static final String READ =
            "return query select l.* from registry.connection_line l where l.user_id = u order by l.created_at desc, l.id desc;";

    private static DurablePostgres postgres;

    @BeforeAll
    static void storedRows() throws Exception {
        var repository = Path.of(System.getProperty("connections.repository"))
                .toAbsolutePath()
                .normalize();
        var output = Files.createDirectories(repository.resolve("benchmarks/target"));
        postgres = DurablePostgres.start(output);
        postgres.prepare(
                ROWS.database(),
                "registry",
                "filesystem:" + repository.resolve("connection-registry/src/main/resources/db/migration"));
        ROWS.store(postgres);
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    private static ListPlan plan(String sql, String more) throws SQLException {
        return ListPlan.of(
                postgres,
                ROWS.database(),
                ROWS.user(7),
                new Logged(0, sql, "Parameters: $1 = '" + ROWS.user(7) + "'" + more));
    }

    private static ListPlan planOfFunction(String security, String body) throws SQLException {
        try (var connection = postgres.connect(ROWS.database());
                var statement = connection.createStatement()) {
            statement.execute(FUNCTION.formatted(security, body));
        }
        return plan("select * from registry.a_list($1)", "");
    }

    @Test
    void theListIsReadOnceFromItsIndexUnderThePolicyWithoutCiphertext() throws SQLException {
        var plan = plan(
                "select id, capabilities::text from registry.connection_page($1, $2, $3, $4)",
                ", $2 = NULL, $3 = NULL, $4 = '101'");

        assertThat(plan.reads()).isEqualTo(1);
        assertThat(plan.usesIndex()).as(plan.scan()).isTrue();
        assertThat(plan.isProtected()).isTrue();
        assertThat(plan.readsCiphertext()).isFalse();
    }

    @Test
    void aListWithoutAFunctionIsSeenAsWell() throws SQLException {
        var plan = plan("select data from registry.connections where user_id = $1 and deleted_at is null", "");

        assertThat(plan.reads()).isEqualTo(1);
        assertThat(plan.plans()).isEqualTo(1);
        assertThat(plan.readsCiphertext()).isTrue();
    }

    @Test
    void aFunctionThatReadsTwiceIsFound() throws SQLException {
        assertThat(planOfFunction("security invoker", READ + READ).reads()).isEqualTo(2);
    }

    @Test
    void aFunctionThatReadsCiphertextIsFound() throws SQLException {
        var reading = "perform c.data from registry.connections c where c.user_id = u;" + READ;

        assertThat(planOfFunction("security invoker", reading).readsCiphertext())
                .isTrue();
        assertThat(planOfFunction("security invoker", READ).readsCiphertext()).isFalse();
    }

    @Test
    void aFunctionThatGoesPastTheUsersPolicyIsFound() throws SQLException {
        assertThat(planOfFunction("security definer", READ).isProtected()).isFalse();
        assertThat(planOfFunction("security invoker", READ).isProtected()).isTrue();
    }

    @Test
    void aFunctionThatSortsInsteadOfWalkingTheIndexIsFound() throws SQLException {
        var other = READ.replace("l.user_id = u", "l.user_id::text = u::text");

        assertThat(planOfFunction("security invoker", other).usesIndex()).isFalse();
    }
}
