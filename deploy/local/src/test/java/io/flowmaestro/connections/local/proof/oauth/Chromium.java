package io.flowmaestro.connections.local.proof.oauth;

import io.flowmaestro.connections.local.process.Session;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A real browser, by its DevTools protocol, that notices when a page calls the function of {@link Payloads}. */
final class Chromium implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(40);
    private static final long LOAD_SECONDS = 20;

    /** What only takes texts, and tells us. */
    private static final String NOTICE = "connectionsNotice";

    /** Gives every page the probe, and notes what a page says to other pages. */
    private static final String WATCH = """
            (() => {
              window.connectionsProbe = () => window.connectionsNotice('called');
              const Own = window.BroadcastChannel;
              window.BroadcastChannel = class extends Own {
                postMessage(message) {
                  window.connectionsPosted = message && message.message && message.message.type;
                  super.postMessage(message);
                }
              };
            })();""";

    private final Process process;
    private final AtomicInteger probes = new AtomicInteger();
    private final AtomicInteger serial = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> pending = new ConcurrentHashMap<>();
    private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();
    private final WebSocket page;

    private Chromium(Process process, HttpClient http, int port) throws Exception {
        this.process = process;
        var target = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/new?about:blank"))
                        .PUT(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        var url = new JsonObject(target.body()).getString("webSocketDebuggerUrl");
        page = http.newWebSocketBuilder()
                .buildAsync(URI.create(url), new Messages())
                .get(10, TimeUnit.SECONDS);
        call("Page.enable", new JsonObject());
        call("Runtime.enable", new JsonObject());
        call("Network.enable", new JsonObject());
        call("Runtime.addBinding", new JsonObject().put("name", NOTICE));
        call("Page.addScriptToEvaluateOnNewDocument", new JsonObject().put("source", WATCH));
    }

    static Optional<String> program() {
        return Stream.of("chromium", "chromium-browser", "google-chrome", "chrome")
                .flatMap(name -> Session.program(name, System.getenv()).stream())
                .findFirst();
    }

    /** @param folder for its profile and its log */
    static Chromium start(String program, Path folder, HttpClient http) throws Exception {
        Files.createDirectories(folder);
        // As root it has no sandbox of its own; the pages are ours.
        var process = new ProcessBuilder(List.of(
                        program,
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder.resolve("profile"),
                        "about:blank"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromium.log").toFile())
                .start();
        try {
            return new Chromium(process, http, port(folder.resolve("profile/DevToolsActivePort")));
        } catch (Exception | AssertionError failure) {
            process.destroyForcibly();
            throw failure;
        }
    }

    private static int port(Path file) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + START.toNanos();
        while (!Files.exists(file) || Files.readAllLines(file).isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Chromium does not start");
            }
            Thread.sleep(50);
        }
        return Integer.parseInt(Files.readAllLines(file).getFirst());
    }

    void cookie(URI site, String name, String value) throws Exception {
        call(
                "Network.setCookie",
                new JsonObject().put("url", site.toString()).put("name", name).put("value", value));
    }

    /** Opens a page and lets its scripts run. Gives how often the probe was called. */
    int open(String url) throws Exception {
        var before = probes.get();
        loaded = new CompletableFuture<>();
        call("Page.navigate", new JsonObject().put("url", url));
        loaded.get(LOAD_SECONDS, TimeUnit.SECONDS);
        // What is focused, or loads late.
        call(
                "Runtime.evaluate",
                new JsonObject()
                        .put("expression", "new Promise(done => setTimeout(done, 60))")
                        .put("awaitPromise", true));
        return probes.get() - before;
    }

    String evaluate(String expression) throws Exception {
        var result = call(
                "Runtime.evaluate",
                new JsonObject().put("expression", expression).put("returnByValue", true));
        return String.valueOf(result.getJsonObject("result", new JsonObject()).getValue("value"));
    }

    private JsonObject call(String method, JsonObject parameters) throws Exception {
        var id = serial.incrementAndGet();
        var answer = new CompletableFuture<JsonObject>();
        pending.put(id, answer);
        page.sendText(
                        new JsonObject()
                                .put("id", id)
                                .put("method", method)
                                .put("params", parameters)
                                .encode(),
                        true)
                .get(10, TimeUnit.SECONDS);
        return answer.get(LOAD_SECONDS, TimeUnit.SECONDS).getJsonObject("result", new JsonObject());
    }

    private final class Messages implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                var message = new JsonObject(text.toString());
                text.setLength(0);
                handle(message);
            }
            socket.request(1);
            return null;
        }

        private void handle(JsonObject message) {
            if (message.containsKey("id")) {
                Optional.ofNullable(pending.remove(message.getInteger("id")))
                        .ifPresent(waiting -> waiting.complete(message));
                return;
            }
            switch (message.getString("method", "")) {
                case "Runtime.bindingCalled" -> probes.incrementAndGet();
                case "Page.loadEventFired" -> loaded.complete(null);
                case "Page.javascriptDialogOpening" -> probes.incrementAndGet();
                default -> {}
            }
        }
    }

    @Override
    public void close() {
        page.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
