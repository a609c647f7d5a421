package quartermaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;

class McpCommandTest {
    /** The program runs beside the test, as an assistant starts it. */
    @Test
    void an_assistant_starts_it_and_asks() {
        Path workspace = TestWorkspace.copy();
        ServerParameters program = ServerParameters.builder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .args(
                        "-cp",
                        System.getProperty("java.class.path"),
                        "quartermaster.Quartermaster",
                        "mcp",
                        "--workspace",
                        workspace.toString())
                .build();
        StdioClientTransport transport = new StdioClientTransport(program, McpJsonDefaults.getMapper());
        transport.setStdErrorHandler(line -> {});
        try (McpSyncClient client = McpClient.sync(transport)
                .requestTimeout(Duration.ofMinutes(2))
                .initializationTimeout(Duration.ofMinutes(2))
                .build()) {
            client.initialize();
            assertThat(client.listTools().tools()).hasSize(6);
            CallToolResult decided = client.callTool(CallToolRequest.builder("decide")
                    .arguments(Map.of(
                            "workload",
                            Map.of("type", "evaluation", "model", "llama-3.1-8b"),
                            "candidates",
                            List.of(Map.of("hardware", "nvidia-rtx-4090"))))
                    .build());
            assertThat(((TextContent) decided.content().get(0)).text()).contains("RTX 4090", "explain_decision");
        }
    }

    @Test
    void what_is_no_message_is_told_and_the_end_of_the_input_ends_it() {
        Terminal terminal = new Terminal(TestWorkspace.copy(), Path.of("no-copies")).withInput("hello\n\n");
        assertThat(terminal.run("mcp")).isZero();
        assertThat(terminal.out())
                .contains("-32700", "expected {\\\"jsonrpc\\\"")
                .endsWith("}\n");
    }
}
