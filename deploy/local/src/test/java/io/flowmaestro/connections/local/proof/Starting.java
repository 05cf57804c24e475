package io.flowmaestro.connections.local.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Vaults in the production profile, with keys that protect nothing, and with one that is not this database's. */
final class Starting {
    /** With the one after it: those that no other part of the system uses, or left a vault on. */
    private static final int PORT = 8;

    private static final int AT_ONCE = 2;
    private static final Duration LONGEST = Duration.ofSeconds(60);
    /** Production takes no other kind. Nobody is there, and nobody presents a token. */
    private static final String HTTPS_ISSUER = "https://127.0.0.1:9";

    private static final String REMEDY = "openssl rand -base64 32";
    private static final String STATE = """
            select hashtext(string_agg(row, '|')) from (
                select k::text as row from vault.key_encryption_keys k
                union all select d::text from vault.data_keys d
                union all select o::text from vault.key_owners o
                union all select a::text from vault.audit_keys a order by 1) as all_rows""";

    private final VaultSystem system;
    private final Proof proof;

    Starting(VaultSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
    }

    void prove() throws Exception {
        var keys = unusable();
        var names = List.copyOf(keys.keySet());
        var before = system.number(STATE);
        var started = new ArrayList<String>();
        var unhelpful = new ArrayList<String>();
        var shown = new ArrayList<String>();
        for (int from = 0; from < names.size(); from += AT_ONCE) {
            var some = names.subList(from, Math.min(from + AT_ONCE, names.size()));
            var vaults = some.stream()
                    .map(name -> start(name, keys.get(name), PORT + some.indexOf(name)))
                    .toList();
            for (int i = 0; i < some.size(); i++) {
                judge(some.get(i), keys.get(some.get(i)), vaults.get(i), started, unhelpful, shown);
            }
        }
        var other = VaultSystem.freshKey();
        var changed = start("another-key", other, PORT);
        var changedCode = endsBeforeItIsReady(changed);
        changed.process().stop();
        var changedLog = log(changed);
        var after = system.number(STATE);
        var control = start("the-right-key", system.keys().get("ENCRYPTION_KEY"), PORT)
                .ready();
        control.process().stop();
        proof.figure("unusable_keys", keys.size())
                .figure("started_all_the_same", started.size())
                .figure("without_remedy", unhelpful.size())
                .figure("key_shown", shown.size() + (changedLog.contains(other) ? 1 : 0))
                .figure("changed_key_exit_code", changedCode)
                .figure("changed_by_it", before == after ? 0 : 1)
                .figure("started_with_the_right_key", 1)
                .print();

        assertThat(started).isEmpty();
        assertThat(unhelpful).isEmpty();
        assertThat(shown).isEmpty();
        assertThat(changedCode).isEqualTo(1);
        assertThat(changedLog)
                .contains("ENCRYPTION_KEY is not the key that this database was sealed with")
                .doesNotContain(other);
        assertThat(after).isEqualTo(before);
    }

    private static Map<String, String> unusable() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("missing", "");
        keys.put("short", base64(VaultSystem.freshKey().substring(0, 16)));
        keys.put("long", base64(VaultSystem.freshKey()));
        keys.put("not-base64", VaultSystem.freshKey().replace('=', '!'));
        keys.put("all-zero", Base64.getEncoder().encodeToString(new byte[32]));
        keys.put("default", base64("default-encryption-key-32-bytes!"));
        keys.put("well-known", base64("0123456789abcdef0123456789abcdef"));
        keys.put("patterned", base64("abababababababababababababababab"));
        return keys;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private Replica start(String name, String key, int port) {
        return system.vault(
                "vault-" + name,
                port,
                Map.of(
                        "ENCRYPTION_KEY",
                        key,
                        "QUARKUS_PROFILE",
                        "",
                        "CONNECTIONS_ISSUER",
                        HTTPS_ISSUER,
                        "CONNECTIONS_MESH",
                        "true"));
    }

    private static void judge(
            String name, String key, Replica vault, List<String> started, List<String> unhelpful, List<String> shown)
            throws IOException, InterruptedException {
        if (endsBeforeItIsReady(vault) == 0) {
            started.add(name);
        }
        vault.process().stop();
        var log = log(vault);
        if (!log.contains(REMEDY) || !log.contains("ENCRYPTION_KEY")) {
            unhelpful.add(name + ": " + log);
        }
        if (!key.isEmpty() && log.contains(key)) {
            shown.add(name);
        }
    }

    /** The exit code; 0 for one that got ready instead, or stays. */
    private static int endsBeforeItIsReady(Replica vault) throws InterruptedException {
        var deadline = System.nanoTime() + LONGEST.toNanos();
        while (vault.process().alive()) {
            if (System.nanoTime() > deadline
                    || (vault.client().isReady() && vault.process().alive())) {
                return 0;
            }
            Thread.sleep(50);
        }
        return vault.process().exitCode();
    }

    private static String log(Replica vault) throws IOException {
        return Files.readString(vault.process().spec().log());
    }
}
