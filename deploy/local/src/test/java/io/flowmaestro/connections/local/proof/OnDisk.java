package io.flowmaestro.connections.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import java.nio.file.Path;
import java.util.Base64;

/** No secret of any proof, and no key that locks them, is in what was left on disk. */
final class OnDisk {
    private final VaultSystem system;
    private final Proof proof;

    OnDisk(VaultSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
    }

    /**
     * Searches the database's folder with its write-ahead log, every log, and the dumps. That a secret would be found is
     * shown by texts that have to be there.
     *
     * @param dumps of the database, from earlier proofs
     */
    void prove(Path dumps) throws Exception {
        system.execute("update registry.connections set name = 'decoy of the proof of traces'");
        system.execute("checkpoint");
        var home = system.parts().home();
        var data = home.postgres().resolve("data");
        var folders = new Path[] {data, home.logs(), home.run(), home.identity(), dumps};
        var secrets = new Traces(system.canary);
        var found = secrets.in(folders);
        var keyFound = new Traces(Base64.getDecoder().decode(system.keys().get("ENCRYPTION_KEY"))).in(folders);
        var decoys = new Traces("decoy of the proof of traces").in(data);
        var auditRows = system.number("select count(*) from vault.audit_records r where r::text like '%"
                + system.canary.substring(0, 12) + "%'");
        proof.figure("files", secrets.files())
                .figure("mebibytes", secrets.bytes() >> 20)
                .figure("secrets_found", found.size())
                .figure("keys_found", keyFound.size())
                .figure("audit_rows_with_a_secret", auditRows)
                .figure("decoys_found", decoys.size())
                .print();

        assertThat(found).isEmpty();
        assertThat(keyFound).isEmpty();
        assertThat(auditRows).isZero();
        assertThat(decoys).isNotEmpty();
    }
}
