package quartermaster.assistant;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.server.McpStatelessSyncServer;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.json.JsonText;
import quartermaster.json.ProblemDocument;
import quartermaster.ledger.LedgerException;
import quartermaster.unit.Choice;
import quartermaster.workspace.InForce;
import quartermaster.workspace.WorkspaceRefusal;
import reactor.core.publisher.Mono;

/**
 * Answers messages of the Model Context Protocol. It knows no sessions: each message stands for itself, so any number of
 * services may answer them.
 */
public final class Assistant implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Assistant.class);
    /** That the transports without sessions know. */
    public static final List<String> PROTOCOL_VERSIONS =
            List.of(ProtocolVersions.MCP_2025_03_26, ProtocolVersions.MCP_2025_06_18, ProtocolVersions.MCP_2025_11_25);

    private static final McpJsonMapper JSON = McpJsonDefaults.getMapper();
    private static final String CALLER = "caller";
    private static final String INSTRUCTIONS = """
            Says which hardware should run an open language model, and why: Apple Silicon, consumer, workstation and \
            data-centre GPUs, bought, owned or rented, and hosted APIs. Ask decide with what you know of the work; it lists \
            what it assumed and what to find out first. Give its figures as they stand, with their ranges: they come from \
            measurements and rules, and each can be explained with explain_decision. Ids come from list_hardware and \
            list_models.""";

    private final Channel channel = new Channel();
    private final McpStatelessSyncServer server;

    /** @param version of the program */
    public Assistant(InForce inForce, String version, Clock clock) {
        Today today = () -> LocalDate.now(clock);
        List<Tool> tools = List.of(
                new DecideTool(inForce, today),
                new EstimateTool(inForce, today),
                new HardwareTool(inForce),
                new ModelsTool(inForce, today),
                new ExplainTool(inForce),
                new PreviewTool(inForce, today));
        this.server = McpServer.sync(channel)
                .serverInfo("quartermaster", version)
                .instructions(INSTRUCTIONS)
                .capabilities(
                        McpSchema.ServerCapabilities.builder().tools(false).build())
                .tools(tools.stream().map(Assistant::specification).toList())
                .validateToolInputs(false) // the tools' own readers say more
                .jsonSchemaValidator(new NoValidator())
                .immediateExecution(true) // on the thread that brought the message
                .build();
    }

    /** The day for requests that do not say theirs. */
    interface Today {
        LocalDate get();
    }

    /** A message that is none. */
    public static final class BadMessageException extends Exception {
        private static final long serialVersionUID = 1;

        BadMessageException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * What is answered to a message; nothing to one that wants no answer.
     *
     * @throws BadMessageException where it is no message of JSON-RPC
     */
    public Optional<String> answer(String message, Caller caller) throws BadMessageException {
        McpTransportContext context = McpTransportContext.create(Map.of(CALLER, caller));
        try {
            McpSchema.JSONRPCMessage read = McpSchema.deserializeJsonRpcMessage(JSON, message);
            if (read instanceof McpSchema.JSONRPCRequest request) {
                return Optional.of(JSON.writeValueAsString(answer(request, context)));
            }
            if (read instanceof McpSchema.JSONRPCNotification notification) {
                channel.handler().handleNotification(context, notification).block();
            }
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            throw new BadMessageException(
                    "Found no message of JSON-RPC 2.0; expected {\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": …}.", e);
        }
    }

    private JSONRPCResponse answer(McpSchema.JSONRPCRequest request, McpTransportContext context) {
        try {
            JSONRPCResponse response =
                    channel.handler().handleRequest(context, request).block();
            return response == null
                    ? error(request, McpSchema.ErrorCodes.INTERNAL_ERROR, "There is no answer.")
                    : response;
        } catch (McpError e) {
            return JSONRPCResponse.error(request.id(), e.getJsonRpcError());
        } catch (RuntimeException e) {
            LOG.error("A message of an assistant failed.", e);
            return error(
                    request,
                    McpSchema.ErrorCodes.INTERNAL_ERROR,
                    "Something failed inside the service; its log says what.");
        }
    }

    private static JSONRPCResponse error(McpSchema.JSONRPCRequest request, int code, String message) {
        return JSONRPCResponse.error(request.id(), new JSONRPCResponse.JSONRPCError(code, message));
    }

    private static SyncToolSpecification specification(Tool tool) {
        Tool.About about = tool.about();
        McpSchema.Tool described = McpSchema.Tool.builder(about.name(), about.schema())
                .title(about.title())
                .description(about.description())
                .annotations(McpSchema.ToolAnnotations.builder()
                        .title(about.title())
                        .readOnlyHint(true)
                        .destructiveHint(false)
                        .idempotentHint(true)
                        .openWorldHint(false)
                        .build())
                .build();
        return new SyncToolSpecification(described, (context, call) -> call(tool, about, call, context));
    }

    /** Whatever goes wrong is told the model, which may mend it. */
    private static CallToolResult call(Tool tool, Tool.About about, CallToolRequest call, McpTransportContext context) {
        Caller caller = (Caller) context.get(CALLER);
        try {
            if (!caller.may(about.needs())) {
                throw ToolFailure.of(
                        "not-allowed",
                        "The key of " + caller.name() + " has not the role " + Choice.id(about.needs()) + ", which "
                                + about.name() + " needs.",
                        "");
            }
            Map<String, @Nullable Object> arguments = call.arguments() == null ? Map.of() : call.arguments();
            ToolAnswer answer = tool.call(arguments, caller);
            return CallToolResult.builder()
                    .addTextContent(String.join("\n", answer.lines()))
                    .structuredContent(JSON, JsonText.of(answer.fields()))
                    .isError(false)
                    .build();
        } catch (ToolFailure e) {
            return failed(e);
        } catch (WorkspaceRefusal e) {
            return failed(
                    e.problems().isEmpty()
                            ? ToolFailure.of("refused", String.valueOf(e.getMessage()), "")
                            : new ToolFailure(e.problems()));
        } catch (LedgerException e) {
            LOG.warn("{}: {}", about.name(), e.toString());
            return failed(ToolFailure.of("no-ledger", "What is kept of decisions cannot be read at present.", ""));
        } catch (Exception e) {
            LOG.error("The tool {} failed.", about.name(), e);
            return failed(ToolFailure.of(
                    "internal-server-error", "Something failed inside the service; its log says what.", ""));
        }
    }

    private static CallToolResult failed(ToolFailure failure) {
        ProblemDocument document = ProblemDocument.invalid(failure.problems());
        return CallToolResult.builder()
                .addTextContent(failure.inWords())
                .structuredContent(JSON, JsonText.of(Map.of("errors", document.errors())))
                .isError(true)
                .build();
    }

    @Override
    public void close() {
        server.close();
    }

    /** Holds what the SDK answers with; messages come by other ways. */
    private static final class Channel implements McpStatelessServerTransport {
        private volatile @Nullable McpStatelessServerHandler handler;

        @Override
        public void setMcpHandler(McpStatelessServerHandler made) {
            handler = made;
        }

        McpStatelessServerHandler handler() {
            McpStatelessServerHandler made = handler;
            if (made == null) {
                throw new IllegalStateException("The server is not built yet.");
            }
            return made;
        }

        @Override
        public List<String> protocolVersions() {
            return PROTOCOL_VERSIONS;
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.empty();
        }
    }

    /** Nothing is looked at twice. */
    private static final class NoValidator implements JsonSchemaValidator {
        @Override
        public ValidationResponse validate(Map<String, Object> schema, Object value) {
            return ValidationResponse.asValid("");
        }
    }
}
