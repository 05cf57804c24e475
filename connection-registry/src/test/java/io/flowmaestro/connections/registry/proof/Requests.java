package io.flowmaestro.connections.registry.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes the requests of a run: the same ones for the same seed, but for what the service said in between. */
final class Requests {

    private static final double[] WILDNESS = {0, 0, 0.03, 0.1, 0.3};

    /** Of this many requests one is right, needs the peers, and comes from somebody for whom they do not work. */
    private static final int UNLUCKY_EVERY = 25;

    private static final String NEEDS_THE_VAULT = """
            {"name": "Unlucky", "connection_method": "api_key", "provider": "openai", "data": {"api_key": "sk-unlucky"}}""";

    private final OpenApiDocument document;
    private final List<Operation> operations;
    private final Operation create;
    private final People people;
    private final long seed;

    Requests(OpenApiDocument document, People people, long seed) {
        this.document = document;
        this.operations = document.operations();
        this.create = operations.stream()
                .filter(operation -> operation.toString().equals("POST /api/connections"))
                .findFirst()
                .orElseThrow();
        this.people = people;
        this.seed = seed;
    }

    int operations() {
        return operations.size();
    }

    FuzzRequest make(int number) {
        return number % UNLUCKY_EVERY == 0 ? unlucky(number) : chance(number);
    }

    private FuzzRequest unlucky(int number) {
        UUID user = People.UNLUCKY.get(number / UNLUCKY_EVERY % People.UNLUCKY.size());
        var random = new Random(seed * 1_000_003 + number);
        return new FuzzRequest(
                number,
                create,
                user,
                create.method(),
                create.path(),
                "user",
                "Bearer " + people.token("user", user, random),
                List.of("Host: 127.0.0.1", "Content-Type: application/json"),
                NEEDS_THE_VAULT.getBytes(StandardCharsets.UTF_8));
    }

    private FuzzRequest chance(int number) {
        var random = new Random(seed * 1_000_003 + number);
        Operation operation = operations.get(random.nextInt(operations.size()));
        UUID user = people.user(number, random);
        double wildness = WILDNESS[random.nextInt(WILDNESS.length)];
        var values = new Values(document, people.known(user), random, wildness);
        var headers = new ArrayList<>(List.of("Host: 127.0.0.1"));
        String target = target(operation, user, values, headers);
        var credentials = Credentials.of(operation, user, people, random);
        byte[] body = operation.body() == null ? null : body(values, operation.body(), headers);
        if (random.nextInt(4) == 0) {
            OddHeaders.add(headers, random);
        }
        String method = random.nextInt(60) == 0
                ? List.of("PATCH", "OPTIONS", "FOO", "DELETE", "PUT", "POST", "GET")
                        .get(random.nextInt(7))
                : operation.method();
        return new FuzzRequest(
                number, operation, user, method, target, credentials.words(), credentials.header(), headers, body);
    }

    private String target(Operation operation, UUID user, Values values, List<String> headers) {
        String path = operation.path();
        var query = new ArrayList<String>();
        for (JsonNode parameter : operation.parameters()) {
            String name = parameter.get("name").textValue();
            switch (parameter.get("in").textValue()) {
                case "path" -> path = path.replace("{" + name + "}", segment(name, parameter, user, values));
                case "query" -> query(name, parameter, values, query);
                default -> header(name, parameter, user, values, headers);
            }
        }
        if (values.random().nextInt(60) == 0) {
            path = OddPaths.of(path, values.random());
        }
        return query.isEmpty() ? path : path + "?" + String.join("&", query);
    }

    private static String segment(String name, JsonNode parameter, UUID user, Values values) {
        if (name.equals("userId")) {
            return values.random().nextInt(20) == 0
                    ? user.toString()
                    : encoded(values.text("nobody", parameter.get("schema")), values.random());
        }
        return encoded(values.text(name, parameter.get("schema")), values.random());
    }

    private static void query(String name, JsonNode parameter, Values values, List<String> query) {
        RandomGenerator random = values.random();
        if (random.nextInt(3) == 0) {
            query.add(name + "=" + encoded(values.text(name, parameter.get("schema")), random));
        }
        if (random.nextDouble() < values.wildness() / 4) {
            query.add(OddPaths.query(name, random));
        }
    }

    private static void header(String name, JsonNode parameter, UUID user, Values values, List<String> headers) {
        RandomGenerator random = values.random();
        boolean odd = random.nextDouble() < values.wildness();
        if (name.equals("X-On-Behalf-Of")) {
            headers.add(name + ": " + (odd ? OddHeaders.value(random) : user));
        } else if (random.nextInt(3) == 0) {
            String value = name.startsWith("If-")
                    ? values.known().any("tag", random).orElse("\"1\"")
                    : "key-" + random.nextInt(500);
            headers.add(name + ": " + (odd ? OddHeaders.value(random) : value));
        }
        if (odd && random.nextInt(8) == 0) {
            headers.add(name + ": " + OddHeaders.value(random));
        }
    }

    private static String encoded(String text, RandomGenerator random) {
        return URLEncoder.encode(text.length() > 3000 ? text.substring(0, 3000) : text, StandardCharsets.UTF_8)
                .replace("+", random.nextBoolean() ? "%20" : "+");
    }

    private static byte @Nullable [] body(Values values, JsonNode schema, List<String> headers) {
        RandomGenerator random = values.random();
        headers.add("Content-Type: " + (random.nextInt(40) == 0 ? OddHeaders.contentType(random) : "application/json"));
        String json = values.json("", schema);
        if (random.nextDouble() < values.wildness() / 2) {
            json = JsonText.broken(json, random);
        }
        byte[] body = json.getBytes(random.nextInt(100) == 0 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8);
        if (random.nextInt(100) == 0 && body.length > 0) {
            body[random.nextInt(body.length)] = (byte) (0x80 | random.nextInt(128));
        }
        return random.nextInt(3000) == 0
                ? new byte[(1 << 20) + 1 - random.nextInt(2)]
                : random.nextInt(200) == 0 ? null : body;
    }
}
