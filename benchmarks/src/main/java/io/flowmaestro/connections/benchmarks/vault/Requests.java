package io.flowmaestro.connections.benchmarks.vault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.benchmarks.load.Target.Call;
import io.flowmaestro.connections.testing.Tokens;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Calls of a service for several users, with records of 1 KiB; the same ones for the same seed, but for the token. */
final class Requests {

    static final int BATCH = 100;
    private static final int CALLS = 64;
    private static final int USERS = 16;
    private static final int RECORD_BYTES = 1024;
    private static final String PURPOSE = "connection-data";
    private static final JsonMapper JSON = new JsonMapper();

    private final String token = Tokens.service("oauth-broker");
    private final Random random;
    private final List<UUID> users;

    Requests(long seed) {
        random = new Random(seed);
        users = random.longs(USERS).mapToObj(id -> new UUID(id, id)).toList();
    }

    /** One record a call, to be sealed. */
    List<Call> singles() {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            calls.add(call(i, record()));
        }
        return calls;
    }

    /** {@link #BATCH} records a call, to be sealed. */
    List<Call> batches() {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            List<ObjectNode> items = new ArrayList<>();
            for (int item = 0; item < BATCH; item++) {
                items.add(record());
            }
            calls.add(call(i, batch(items)));
        }
        return calls;
    }

    /** The call that opens what a call sealed. */
    Call opening(int index, Call sealing, Buffer answer) {
        return call(
                index, sealed(read(sealing.body()), read(answer).path("data").path("envelope")));
    }

    /** The same for a batch; fails when an item of it was not sealed. */
    Call openingBatch(int index, Call sealing, Buffer answer) {
        var records = read(sealing.body()).path("items");
        var results = read(answer).path("data").path("results");
        List<ObjectNode> items = new ArrayList<>();
        for (int item = 0; item < BATCH; item++) {
            items.add(sealed(records.path(item), results.path(item).path("envelope")));
        }
        return call(index, batch(items));
    }

    /** Fails unless the answer holds what the call had sealed. */
    void requireOpened(Call sealing, Buffer answer) {
        var opened = read(answer).path("data").path("plaintext");
        if (!opened.isTextual() || !opened.equals(read(sealing.body()).path("plaintext"))) {
            throw new IllegalStateException("The vault did not open what it had sealed: " + answer);
        }
    }

    private static ObjectNode sealed(JsonNode record, JsonNode envelope) {
        if (!envelope.isObject()) {
            throw new IllegalStateException("The vault did not seal a record");
        }
        var sealed = JSON.createObjectNode();
        sealed.set("connection_id", record.path("connection_id"));
        sealed.set("purpose", record.path("purpose"));
        sealed.set("envelope", envelope);
        return sealed;
    }

    private ObjectNode record() {
        var bytes = new byte[RECORD_BYTES];
        random.nextBytes(bytes);
        return JSON.createObjectNode()
                .put("connection_id", new UUID(random.nextLong(), random.nextLong()).toString())
                .put("purpose", PURPOSE)
                .put("plaintext", bytes);
    }

    private static ObjectNode batch(List<ObjectNode> items) {
        var batch = JSON.createObjectNode();
        batch.putArray("items").addAll(items);
        return batch;
    }

    private Call call(int index, ObjectNode body) {
        var headers = MultiMap.caseInsensitiveMultiMap()
                .add("Authorization", "Bearer " + token)
                .add("X-On-Behalf-Of", users.get(index % USERS).toString())
                .add("Content-Type", "application/json");
        return new Call(headers, Buffer.buffer(body.toString()));
    }

    private static JsonNode read(Buffer json) {
        try {
            return JSON.readTree(json.getBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
