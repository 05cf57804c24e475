package io.flowmaestro.connections.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;

/**
 * Creates a service's schema and roles, then migrates as the schema's owner. Safe to repeat. Wants a superuser, or where there
 * is none a role that may create roles and has {@code create} on the database.
 */
public final class DatabaseSetup {

    private final String jdbcUrl;
    private final String creator;
    private final String password;

    public DatabaseSetup(String jdbcUrl, String creator, String password) {
        this.jdbcUrl = jdbcUrl;
        this.creator = creator;
        this.password = password;
    }

    /**
     * Brings one service's schema, roles and tables up to date.
     *
     * @param migrations a Flyway location, e.g. {@code classpath:db/migration} or {@code filesystem:/…/db/migration}
     * @throws SQLException when roles or schema cannot be made
     * @throws org.flywaydb.core.api.FlywayException when a migration fails or was edited after it ran
     */
    public void prepare(ServiceDatabase service, String migrations) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, creator, password);
                Statement statement = connection.createStatement()) {
            for (var role : service.roles()) {
                statement.execute(createRole(role));
            }
            statement.execute(endForgottenTransactions(service));
            statement.execute(refuseTemporaryObjects());
            statement.execute(createSchema(service));
        }
        Flyway.configure()
                .dataSource(jdbcUrl, service.owner(), service.ownerPassword())
                .schemas(service.schema())
                .defaultSchema(service.schema())
                .createSchemas(false)
                .locations(migrations)
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }

    /**
     * Roles are shared by a cluster, so a role may be there already; the password is brought up to date then. One that row
     * security does not hold is refused: only a superuser could make it harmless.
     */
    private static String createRole(ServiceDatabase.Role role) {
        return """
                do $$ begin
                  if exists (select from pg_roles where rolname = '%1$s' and (rolsuper or rolbypassrls)) then
                    raise exception 'the role %1$s is a superuser or bypasses row security; take that from it first';
                  elsif exists (select from pg_roles where rolname = '%1$s') then
                    alter role %1$s login password '%2$s';
                  else
                    create role %1$s login nosuperuser nobypassrls nocreatedb nocreaterole password '%2$s';
                  end if;
                end $$""".formatted(role.name(), role.password().replace("'", "''"));
    }

    /** A transaction that a client forgot would hold its locks, and hold up every migration, for ever. */
    private static String endForgottenTransactions(ServiceDatabase service) {
        return """
                alter role %1$s_app set idle_in_transaction_session_timeout = '30s';
                alter role %1$s_jobs set idle_in_transaction_session_timeout = '30s';""".formatted(service.schema());
    }

    /**
     * No service makes temporary tables, and a type or table of a session's own can stand in for the one that a function means
     * which runs with its owner's rights. Only the database's owner can take the right away; who creates as another does it by
     * hand (README).
     */
    private static String refuseTemporaryObjects() {
        return """
                do $$ begin
                  if has_database_privilege('public', current_database(), 'temporary')
                     and pg_has_role((select datdba from pg_database where datname = current_database()), 'usage') then
                    execute format('revoke temporary on database %I from public', current_database());
                  end if;
                end $$""";
    }

    private static String createSchema(ServiceDatabase service) {
        return """
                do $$ begin
                  if not (select rolsuper from pg_roles where rolname = current_user) then
                    execute format('grant %1$s_owner to %%I', current_user);
                  end if;
                end $$;
                create schema if not exists %1$s authorization %1$s_owner;
                revoke all on schema %1$s from public;
                grant usage on schema %1$s to %1$s_app, %1$s_jobs;""".formatted(service.schema());
    }
}
