package quartermaster.http;

import static org.assertj.core.api.Assertions.assertThat;
import static quartermaster.http.ServerUnderTest.LIMITS;
import static quartermaster.http.ServerUnderTest.json;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.TestWorkspace;
import quartermaster.access.Keys;
import quartermaster.http.guard.Door;

/** An assistant's own client asks, over HTTP. */
class AssistantRouteTest {
    private static final String PING = "{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"ping\"}";
    private static final Map<String, Object> REQUEST = Map.of(
            "workload",
            Map.of("type", "evaluation", "model", "llama-3.1-8b"),
            "candidates",
            List.of(Map.of("hardware", "nvidia-rtx-4090"), Map.of("hardware", "nvidia-h100-sxm-80gb")));
    private static final int SHORT = 6_000; // characters: some 1,500 tokens

    private static ServerUnderTest server;
    private static ServerUnderTest guarded;

    @BeforeAll
    static void start() {
        server = new ServerUnderTest(LIMITS);
        String keys = ServerUnderTest.keyOf("dora", "decide") + ServerUnderTest.keyOf("rita", "read");
        guarded = new ServerUnderTest(
                TestWorkspace.copy(),
                LIMITS,
                new Door(List.of(), Keys.parse(keys, "keys").value(), null, null));
    }

    @AfterAll
    static void stop() {
        server.close();
        guarded.close();
    }

    private static McpSyncClient client(ServerUnderTest asked, String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder();
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        McpSyncClient client = McpClient.sync(
                        HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + asked.port())
                                .endpoint("/mcp")
                                .requestBuilder(request)
                                .build())
                .requestTimeout(Duration.ofSeconds(60))
                .build();
        client.initialize();
        return client;
    }

    private static CallToolResult call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        return client.callTool(
                CallToolRequest.builder(tool).arguments(arguments).build());
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().get(0)).text();
    }

    @Test
    void it_has_the_tools_of_the_contract_with_the_fields_of_a_request() {
        try (McpSyncClient client = client(server, "")) {
            List<Tool> tools = client.listTools().tools();
            assertThat(tools)
                    .extracting(Tool::name)
                    .containsExactly(
                            "decide", "estimate", "list_hardware", "list_models", "explain_decision", "preview_policy");
            assertThat(tools).allSatisfy(each -> {
                assertThat(each.inputSchema()).containsEntry("type", "object");
                assertThat(each.annotations().readOnlyHint()).isTrue();
            });
            assertThat(tools.get(0).inputSchema().toString()).contains("namedUsers", "concurrency", "monthlyUsd");
            assertThat(client.getServerInfo().name()).isEqualTo("quartermaster");
        }
    }

    @Test
    void a_decision_is_told_in_short_kept_as_a_whole_and_explained_later() throws Exception {
        try (McpSyncClient client = client(server, "")) {
            CallToolResult decided = call(client, "decide", REQUEST);
            assertThat(decided.isError()).isFalse();
            assertThat(text(decided)).contains("RTX 4090", "a month", "Assumed").hasSizeLessThan(SHORT);
            Map<?, ?> fields = (Map<?, ?>) decided.structuredContent();
            String id = String.valueOf(fields.get("decisionId"));

            assertThat(json(server.get("/decisions/" + id)).at("/answer/recommendations"))
                    .isNotEmpty();
            CallToolResult explained = call(client, "explain_decision", Map.of("decisionId", id));
            assertThat(text(explained))
                    .contains("points × weight", "rules/policy.xlsx", "concurrency:")
                    .hasSizeLessThan(SHORT);
            CallToolResult other =
                    call(client, "explain_decision", Map.of("decisionId", id, "candidate", "NVIDIA H100 SXM 80GB"));
            assertThat(text(other)).contains("H100");
            CallToolResult unknown =
                    call(client, "explain_decision", Map.of("decisionId", id, "candidate", "nvidia-rtx-4091"));
            assertThat(unknown.isError()).isTrue();
            assertThat(text(unknown)).contains("/candidate: ", "Did you mean nvidia-rtx-4090?");
        }
    }

    @Test
    void errors_say_where_what_was_found_and_what_was_expected() {
        try (McpSyncClient client = client(server, "")) {
            CallToolResult wrong =
                    call(client, "decide", Map.of("workload", Map.of("type", "internal-tol", "namedUser", 30)));
            assertThat(wrong.isError()).isTrue();
            assertThat(text(wrong))
                    .contains("/workload/type: ", "Did you mean internal-tool?")
                    .contains("/workload/namedUser: ", "Did you mean namedUsers?", "[unknown-field]");
            CallToolResult estimate =
                    call(client, "estimate", Map.of("model", "llama-3.1-700b", "hardware", "nvidia-rtx-4090"));
            assertThat(estimate.isError()).isTrue();
            assertThat(text(estimate)).contains("/model: ", "Did you mean llama-3.1-70b?");
            CallToolResult nothing = call(client, "estimate", Map.of());
            assertThat(text(nothing)).contains("/model: ", "/hardware: ", "[missing-value]");
        }
    }

    @Test
    void it_estimates_and_lists() {
        try (McpSyncClient client = client(server, "")) {
            assertThat(text(call(client, "estimate", Map.of("model", "llama-3.1-8b", "hardware", "RTX 4090"))))
                    .contains("GiB needed", "tok/s for each user", "Start with:")
                    .hasSizeLessThan(SHORT);
            assertThat(text(call(client, "list_hardware", Map.of("search", "rtx 4090"))))
                    .contains("nvidia-rtx-4090: ", "24 GiB");
            assertThat(text(call(client, "list_models", Map.of("search", "llama 70b"))))
                    .contains("llama-3.1-70b: ");
            assertThat(text(call(client, "list_models", Map.of("hardware", "rtx 4090", "use", "code", "limit", 3))))
                    .contains("for code", "1. ")
                    .hasSizeLessThan(SHORT);
            CallToolResult none = call(client, "list_hardware", Map.of("search", "rtx 4099"));
            assertThat(none.isError()).isTrue();
            assertThat(text(none)).contains("Did you mean");
        }
    }

    @Test
    void a_change_of_the_policy_is_tried_and_not_published() throws Exception {
        String before = json(server.get("/status")).at("/versions/workspace").asText();
        try (McpSyncClient client = client(server, "")) {
            Map<String, Object> change =
                    Map.of("sheet", "thresholds", "row", "thin memory headroom", "column", "Value", "value", 15);
            CallToolResult tried =
                    call(client, "preview_policy", Map.of("changes", List.of(change), "request", REQUEST));
            assertThat(tried.isError()).as(text(tried)).isFalse();
            assertThat(text(tried)).contains("published", "your request: ");
            assertThat(json(server.get("/status")).at("/versions/workspace").asText())
                    .isEqualTo(before);

            Map<String, Object> wrong = Map.of("sheet", "Threshold", "row", 2, "column", "Value", "value", 15);
            CallToolResult refused = call(client, "preview_policy", Map.of("changes", List.of(wrong)));
            assertThat(refused.isError()).isTrue();
            assertThat(text(refused)).contains("/changes/0/sheet: ", "Did you mean Thresholds?");
        }
    }

    @Test
    void each_tool_needs_its_role() {
        try (McpSyncClient client = client(guarded, "secret of dora")) {
            assertThat(call(client, "decide", REQUEST).isError()).isFalse();
            CallToolResult refused = call(client, "explain_decision", Map.of("decisionId", "x"));
            assertThat(refused.isError()).isTrue();
            assertThat(text(refused)).contains("dora", "the role read", "[not-allowed]");
        }
        try (McpSyncClient client = client(guarded, "secret of rita")) {
            assertThat(call(client, "decide", REQUEST).isError()).isTrue();
            assertThat(text(call(client, "explain_decision", Map.of("decisionId", "x"))))
                    .contains("[unknown-decision]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example, 403",
        "Sec-Fetch-Site, cross-site, 403",
        "MCP-Protocol-Version, 1999-01-01, 400",
        "MCP-Protocol-Version, 2025-06-18, 200"
    })
    void pages_of_others_and_unknown_protocols_are_refused(String header, String value, int status) throws Exception {
        HttpRequest request = server.request("/mcp")
                .header("Content-Type", "application/json")
                .header(header, value)
                .POST(BodyPublishers.ofString(PING))
                .build();
        assertThat(server.send(request).statusCode()).isEqualTo(status);
    }

    @Test
    void only_messages_are_taken_and_only_from_owners_of_keys() throws Exception {
        assertThat(server.post("/mcp", "text/plain", PING.getBytes()).statusCode())
                .isEqualTo(415);
        assertThat(server.post("/mcp", "application/json", "[]".getBytes()).statusCode())
                .isEqualTo(400);
        assertThat(server.get("/mcp").statusCode()).isEqualTo(405);
        assertThat(guarded.post("/mcp", "application/json", PING.getBytes()).statusCode())
                .isEqualTo(401);
        String unknown = "{\"jsonrpc\": \"2.0\", \"id\": 7, \"method\": \"nonsense\"}";
        assertThat(json(server.post("/mcp", "application/json", unknown.getBytes()))
                        .at("/error/code")
                        .asInt())
                .isEqualTo(-32601);
        String told = "{\"jsonrpc\": \"2.0\", \"method\": \"notifications/initialized\"}";
        assertThat(server.post("/mcp", "application/json", told.getBytes()).statusCode())
                .isEqualTo(202);
    }
}
