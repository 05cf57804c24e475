package io.flowmaestro.connections.database;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One service's share of the database.
 *
 * @param schema its schema, also the prefix of its three roles
 * @param ownerPassword of {@code <schema>_owner}, which owns the tables and runs migrations only
 * @param appPassword of {@code <schema>_app}, under row security
 * @param jobsPassword of {@code <schema>_jobs}, which claims due work across users
 */
public record ServiceDatabase(String schema, String ownerPassword, String appPassword, String jobsPassword) {

    private static final Pattern IDENTIFIER = Pattern.compile("[a-z][a-z_]{0,30}");

    public ServiceDatabase {
        if (!IDENTIFIER.matcher(schema).matches()) {
            throw new IllegalArgumentException("not a schema name: " + schema);
        }
    }

    public String owner() {
        return schema + "_owner";
    }

    public String app() {
        return schema + "_app";
    }

    public String jobs() {
        return schema + "_jobs";
    }

    List<Role> roles() {
        return List.of(new Role(owner(), ownerPassword), new Role(app(), appPassword), new Role(jobs(), jobsPassword));
    }

    record Role(String name, String password) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Override
    public String toString() {
        return "ServiceDatabase[" + schema + "]";
    }
}
