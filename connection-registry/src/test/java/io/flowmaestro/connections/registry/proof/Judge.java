package io.flowmaestro.connections.registry.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Says what is wrong with an answer. */
final class Judge {

    /** What is found in an answer that must not be. */
    enum Fault {
        SERVER_ERROR,
        LEAK,
        OTHER_MEDIA,
        NO_PROBLEM,
        UNDOCUMENTED_STATUS
    }

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Set<Integer> BARE = Set.of(400, 414, 431);
    private static final int LONGEST_LINE = 4_000;
    private static final int LARGEST_HEAD = 16_000;
    private static final Set<Integer> OF_PEERS = Set.of(502, 503, 504);
    private static final Pattern LEAK = Pattern.compile(
            "io\\.flowmaestro|PgException|\\bjava\\.|\\bjavax?\\.|jakarta\\.|org\\.hibernate|io\\.vertx|io\\.netty|io\\.quarkus"
                    + "|com\\.fasterxml|[A-Z]\\w+Exception\\b|\\bat [a-z][\\w.]+\\(|\\.java:\\d+|\\bselect .+ from\\b|insert into"
                    + "|registry\\.\\w+|violates \\w+|SQLSTATE|\\brelation \"|set_config|duplicate key|syntax error"
                    + "|\\$\\d+::",
            Pattern.CASE_INSENSITIVE);

    private Judge() {}

    static List<Fault> faults(FuzzRequest request, Answer answer) {
        List<Fault> faults = new ArrayList<>();
        if (answer.status() >= 500 && !(OF_PEERS.contains(answer.status()) && peersMayFail(request))) {
            faults.add(Fault.SERVER_ERROR);
        }
        if (leaks(request, answer)) {
            faults.add(Fault.LEAK);
        }
        if (isBare(answer)) {
            if (isHttp(request)) {
                faults.add(Fault.NO_PROBLEM);
            }
        } else if (!isOfAKnownKind(answer) && !isThePage(request, answer)) {
            faults.add(Fault.OTHER_MEDIA);
        } else if (answer.status() >= 400 && !isProblem(answer)) {
            faults.add(Fault.NO_PROBLEM);
        }
        if (request.method().equals(request.operation().method())
                && !request.operation().documents(answer.status())) {
            faults.add(Fault.UNDOCUMENTED_STATUS);
        }
        return faults;
    }

    private static boolean peersMayFail(FuzzRequest request) {
        return People.isUnlucky(request.user() + " " + request);
    }

    /** Only what the request did not say itself. */
    private static boolean leaks(FuzzRequest request, Answer answer) {
        var found = LEAK.matcher(answer.text());
        while (found.find()) {
            if (!request.toString().contains(found.group())) {
                return true;
            }
        }
        return false;
    }

    /** What the HTTP layer answers to bytes that are no request, before any code of the suite runs. */
    static boolean isBare(Answer answer) {
        return answer.body().length == 0 && BARE.contains(answer.status());
    }

    /** Whether the request keeps to HTTP and to the documented sizes, whatever it asks for. */
    private static boolean isHttp(FuzzRequest request) {
        String head = request.head();
        return isUri(request.target())
                && request.target().length() < LONGEST_LINE
                && head.length() < LARGEST_HEAD
                && head.chars().noneMatch(c -> c < ' ' && c != '\r' && c != '\n' && c != '\t');
    }

    /** What browsers get for every path that is none of the API's, such as one that leads out of it by dots. */
    private static boolean isThePage(FuzzRequest request, Answer answer) {
        return answer.header("content-type").orElse("").startsWith("text/html")
                && !URI.create(request.target()).normalize().getRawPath().matches("/+(api|internal)(/.*)?");
    }

    private static boolean isUri(String target) {
        try {
            return !new URI(target).toString().isEmpty();
        } catch (URISyntaxException none) {
            return false;
        }
    }

    private static boolean isOfAKnownKind(Answer answer) {
        boolean options = answer.status() == 200 && answer.header("allow").isPresent();
        if (answer.status() == 304 || options) {
            return answer.body().length == 0;
        }
        String type = answer.header("content-type").orElse("").replaceAll(";.*", "");
        return switch (type) {
            case "application/json", "application/problem+json" -> isJson(answer.text());
            case "application/x-ndjson" -> answer.text().lines().allMatch(Judge::isJson);
            case "text/csv" -> true;
            default -> false;
        };
    }

    private static boolean isJson(String text) {
        try {
            return !JSON.readTree(text).isMissingNode();
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }

    private static boolean isProblem(Answer answer) {
        try {
            JsonNode problem = JSON.readTree(answer.text());
            return answer.header("content-type").orElse("").startsWith("application/problem+json")
                    && problem.path("status").asInt() == answer.status()
                    && problem.path("code").isTextual()
                    && problem.path("detail").isTextual()
                    && problem.path("success").isBoolean();
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }
}
