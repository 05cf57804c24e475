package io.flowmaestro.connections.migration.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.migration.SourceFixture;
import io.flowmaestro.connections.migration.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of tables as they are, and what is said of those that are different. */
class ShapesTest {
    private static final String ID = "550e8400-e29b-41d4-a716-446655440000";

    private SourceFixture source;

    @BeforeEach
    void create() throws Exception {
        source = new SourceFixture();
    }

    @AfterEach
    void end() throws Exception {
        source.close();
    }

    @ParameterizedTest
    @CsvSource({"jsonb, '{\"iv\": \"00\"}'", "json, '{\"iv\": \"00\"}'", "text, anything"})
    void aSecretMayBeInAColumnOfJsonOrText(String type, String value) throws Exception {
        source.credentials();
        source.sql("alter table flowmaestro.credentials alter encrypted_data type " + type + " using null");
        source.sql(
                "insert into flowmaestro.credentials (id, user_id, name, type, provider, encrypted_data) values ('%s', '%s', 'n', 'api_key', 'p', '%s')"
                        .formatted(ID, SourceFixture.USER, value));

        assertThat(rows().getFirst().value(Field.ENVELOPE)).contains(value);
    }

    @Test
    void credentialsMayNameServiceTypeAndSecretOtherwise() throws Exception {
        source.sql("""
                create type flowmaestro.kind as enum ('api_key', 'oauth2_token');
                create table flowmaestro.credentials (id text primary key, owner_id text, title text, type flowmaestro.kind,
                  service text, encrypted_credentials text, created_at timestamptz);
                insert into flowmaestro.credentials values
                  ('b', 'alice', 'B', 'oauth2_token', 'slack', 'x', '2025-01-02 03:04:05+02'), ('B', null, null, null, null, null, null)""");

        List<SourceRow> rows = rows();

        assertThat(rows).extracting(SourceRow::id).containsExactly("B", "b");
        assertThat(rows.getLast().value(Field.METHOD)).contains("oauth2_token");
        assertThat(rows.getLast().value(Field.PROVIDER)).contains("slack");
        assertThat(rows.getLast().value(Field.CREATED_AT)).contains("2025-01-02 01:04:05Z");
    }

    @Test
    void integrationsMayHaveSecretsOfTheirOwn() throws Exception {
        source.sql("""
                create table flowmaestro.integrations (id uuid primary key, user_id uuid, name text, provider text,
                  auth_type text, encrypted_credentials jsonb, is_active boolean);
                insert into flowmaestro.integrations values ('%s', '%s', 'n', 'slack', 'oauth2', '{}', false)""".formatted(ID, SourceFixture.USER));

        SourceRow row = rows().getFirst();

        assertThat(row.value(Field.METHOD)).contains("oauth2");
        assertThat(row.value(Field.ENABLED)).contains("false");
        assertThat(row.secrets()).isEmpty();
    }

    @Test
    void integrationsFindTheirCredentialsWhereTheseWereRenamed() throws Exception {
        source.credentials().integrations();
        var credential = source.credential("api_key", "slack", "sealed");
        source.integration("slack", credential, "{}");
        source.sql("""
                alter table flowmaestro.credentials rename to connections;
                alter table flowmaestro.connections rename column type to connection_method""");

        SourceRow integration = rows().getLast();

        assertThat(integration.table()).isEqualTo(Table.INTEGRATIONS);
        assertThat(integration.secrets().map(SourceRow.Secrets::id)).contains(credential.toString());
        assertThat(integration.ownOrLinked(Field.ENVELOPE)).contains("sealed");
    }

    @Test
    void readingGoesOnAfterAnyId() throws Exception {
        source.sql(
                "create table flowmaestro.credentials (id text primary key, user_id text, name text, type text, provider text, data text)");
        source.sql(
                "insert into flowmaestro.credentials (id) values ('a'), ('Z'), ('ä'), ('b-1'), ('b1'), ('10'), ('9')");
        List<String> all = rows().stream().map(SourceRow::id).toList();

        for (int i = 0; i < all.size(); i++) {
            assertThat(rows(Optional.of(all.get(i))).stream().map(SourceRow::id))
                    .containsExactlyElementsOf(all.subList(i + 1, all.size()));
        }
    }

    @Test
    void aTableThatLacksSomethingIsNamedWithAllThatItLacks() throws Exception {
        source.sql(
                "create table flowmaestro.credentials (id int primary key, name text, secret bytea, created_at text)");

        assertThatThrownBy(this::rows)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.exitCode()).isEqualTo(1))
                .hasMessageStartingWith("The table flowmaestro.credentials is of no known shape: ")
                .hasMessageContaining(
                        "it has no column user_id or owner_id; it has no column provider or service or service_name;"
                                + " it has no column connection_method or auth_type or credential_type or type; it has no column"
                                + " encrypted_data or encrypted_credentials or data or credentials;")
                .hasMessageContaining("its column id is of type int4 and must be uuid or text")
                .hasMessageContaining("its column created_at is of type text and must be timestamp or timestamptz");
    }

    @Test
    void aTableWhoseRowsCannotBeToldApartIsRefused() throws Exception {
        source.credentials();
        source.sql("alter table flowmaestro.credentials drop constraint credentials_pkey");

        assertThatThrownBy(this::rows).hasMessageContaining("its column id is no primary key");
    }

    @Test
    void aSchemaWithoutSuchTablesIsNamed() {
        assertThatThrownBy(this::rows)
                .hasMessageContaining("no table connections, credentials or integrations in the schema \"flowmaestro\"")
                .hasMessageContaining("--schema");
    }

    @Test
    void aTableAskedForThatIsNotThereIsNamed() throws Exception {
        source.connections();

        assertThatThrownBy(() -> open().tables(List.of(Table.INTEGRATIONS)))
                .hasMessageContaining("no table \"integrations\"")
                .hasMessageContaining("There are: connections.");
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        SourceAddress address = SourceAddress.parse(source.url().replaceAll("/flowmaestro_.*", "/nowhere"));

        assertThatThrownBy(() -> SourceDatabase.open(address, Optional.empty(), "flowmaestro"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("\"nowhere\" does not exist")
                .hasMessageContaining("Name the right database in --from.");
    }

    private SourceDatabase open() {
        return SourceDatabase.open(SourceAddress.parse(source.url()), Optional.empty(), "flowmaestro");
    }

    private List<SourceRow> rows() {
        return rows(Optional.empty());
    }

    private List<SourceRow> rows(Optional<String> after) {
        List<SourceRow> all = new ArrayList<>();
        try (SourceDatabase database = open()) {
            for (SourceTable table : database.tables(List.of())) {
                table.read(after, 2, all::addAll);
            }
        }
        return all;
    }
}
