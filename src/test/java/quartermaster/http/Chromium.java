package quartermaster.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One page in a Chromium of this machine, driven over its DevTools protocol. A library for it would bring a browser's
 * driver of 200 MB into every build.
 */
final class Chromium implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PLACES = List.of(
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
            "/usr/bin/google-chrome-stable");
    private static final Duration PATIENCE = Duration.ofSeconds(120); // advice on a busy machine
    private static final long LOOK_AGAIN = 50; // ms
    private static final Map<String, Integer> KEYS = Map.of("Tab", 9, "Enter", 13, "ArrowRight", 39, "ArrowDown", 40);
    private static final String SAYS_WHERE = "DevTools listening on ";

    private final Path profile;
    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final List<String> fetched = new CopyOnWriteArrayList<>();
    private String session = "";

    /** Where it is installed, if it is. */
    static Optional<Path> installed() {
        return PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
    }

    Chromium(Path program) {
        try {
            profile = Files.createTempDirectory("quartermaster-browser-");
            process = new ProcessBuilder(
                            program.toString(),
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--disable-background-networking",
                            "--remote-debugging-port=0",
                            "--user-data-dir=" + profile,
                            "--window-size=1400,1000",
                            "--lang=en-US",
                            "about:blank")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create(address()), new Answers())
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String target = send("Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .asText();
        session = send("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId")
                .asText();
        List.of("Page", "Runtime", "Log", "Network", "DOM").forEach(each -> send(each + ".enable", Map.of()));
    }

    private String address() throws IOException {
        BufferedReader errors = process.errorReader(StandardCharsets.UTF_8);
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            if (line.startsWith(SAYS_WHERE)) {
                Thread reader = new Thread(() -> errors.lines().forEach(ignored -> {}), "what Chromium says");
                reader.setDaemon(true);
                reader.start();
                return line.substring(SAYS_WHERE.length());
            }
        }
        throw new IOException("Chromium has ended before it listened.");
    }

    private final class Answers implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private void take(String text) {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (message.has("id")) {
            CompletableFuture<JsonNode> waiting = asked.remove(message.get("id").asInt());
            if (message.has("error")) {
                waiting.completeExceptionally(
                        new IllegalStateException(message.get("error").toString()));
            } else {
                waiting.complete(message.get("result"));
            }
            return;
        }
        JsonNode told = message.path("params");
        switch (message.path("method").asText()) {
            case "Runtime.consoleAPICalled" -> complaints.add(told.get("args").toString());
            case "Runtime.exceptionThrown" -> complaints.add(told.toString());
            case "Log.entryAdded" ->
                complaints.add(told.at("/entry/text").asText() + " "
                        + told.at("/entry/url").asText());
            case "Network.requestWillBeSent" ->
                fetched.add(told.at("/request/url").asText());
            default -> {}
        }
    }

    private JsonNode send(String method, Map<String, ?> parameters) {
        ObjectNode message = JSON.createObjectNode();
        int number = numbers.incrementAndGet();
        message.put("id", number).put("method", method).set("params", JSON.valueToTree(parameters));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(number, answer);
        synchronized (socket) {
            socket.sendText(message.toString(), true).join();
        }
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    void open(String address) {
        send("Page.navigate", Map.of("url", "about:blank")); // else another fragment would load nothing
        send("Page.navigate", Map.of("url", address));
    }

    /** The value of an expression of JavaScript; a promise is awaited. */
    JsonNode value(String expression) {
        JsonNode answer =
                send("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
        }
        return answer.at("/result/value");
    }

    /** Waits until it is true; what is asked of an element that is not there yet is not true yet. */
    void await(String expression) {
        Instant end = Instant.now().plus(PATIENCE);
        String asked = "(() => { try { return Boolean(" + expression + "); } catch (missing) { return false; } })()";
        while (!value(asked).asBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("Never true: " + expression + "\n"
                        + value("document.body.innerText").asText() + "\n" + complaints);
            }
            try {
                Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** As if somebody wrote it, in the place of what stands there. */
    void write(String selector, String text) {
        await("document.querySelector('" + selector + "')");
        value("document.querySelector('" + selector + "').focus(), document.querySelector('" + selector
                + "').select()");
        send("Input.insertText", Map.of("text", text));
    }

    void click(String selector) {
        await("document.querySelector('" + selector + "')");
        value("document.querySelector('" + selector + "').click()");
    }

    void choose(String selector, Path file) {
        await("document.querySelector('" + selector + "')");
        int root = send("DOM.getDocument", Map.of()).at("/root/nodeId").asInt();
        int node = send("DOM.querySelector", Map.of("nodeId", root, "selector", selector))
                .get("nodeId")
                .asInt();
        send("DOM.setFileInputFiles", Map.of("nodeId", node, "files", List.of(file.toString())));
    }

    /** What axe finds in the page as it stands: rule, how bad, and where. */
    JsonNode faults() {
        try (InputStream script = Chromium.class.getResourceAsStream("/axe.min.js")) {
            value(new String(script.readAllBytes(), StandardCharsets.UTF_8) + "; true");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return value("axe.run().then(found => found.violations.map(each =>"
                + " [each.id, each.impact, ...each.nodes.map(node => node.html.slice(0, 200))]))");
    }

    /** As the system of whoever looks is set. */
    void prefer(String feature, String value) {
        send("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", feature, "value", value))));
    }

    void print() {
        send("Emulation.setEmulatedMedia", Map.of("media", "print"));
    }

    void screen() {
        send("Emulation.setEmulatedMedia", Map.of("media", "", "features", List.of()));
    }

    /** A key as it is pressed, e.g. {@code Tab}. */
    void press(String key) {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            send(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", KEYS.get(key)));
        }
    }

    void narrow(int width, int height) {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", true));
    }

    /** The names and roles that a screen reader is given. */
    List<String> accessible() {
        List<String> names = new ArrayList<>();
        send("Accessibility.getFullAXTree", Map.of()).get("nodes").forEach(each -> {
            if (!each.path("ignored").asBoolean()) {
                names.add(each.at("/role/value").asText() + " "
                        + each.at("/name/value").asText());
            }
        });
        return names;
    }

    /** What the console was told: errors, warnings, refusals of the Content-Security-Policy. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    List<String> fetched() {
        return fetched.stream()
                .filter(each -> !each.startsWith("about:") && !each.startsWith("blob:") && !each.startsWith("data:"))
                .toList();
    }

    void forget() {
        complaints.clear();
        fetched.clear();
    }

    @Override
    public void close() {
        socket.abort();
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
            try (var files = Files.walk(profile)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(each -> each.delete());
            }
        } catch (IOException | UncheckedIOException e) {
            process.destroyForcibly(); // what is left lies in the temporary folder
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
