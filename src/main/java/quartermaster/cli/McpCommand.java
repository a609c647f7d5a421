package quartermaster.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import picocli.CommandLine.Command;
import quartermaster.assistant.Assistant;
import quartermaster.assistant.Conversation;
import quartermaster.workspace.InForce;

@Command(
        name = "mcp",
        description =
                "Answers an assistant that starts it, by the Model Context Protocol over standard input and output.",
        footer = {
            "",
            "It ends when its input ends. Knowledge that is edited meanwhile comes into force as with serve.",
            "",
            "Example, in the settings of an assistant:",
            "  {\"mcpServers\": {\"quartermaster\": {\"command\": \"quartermaster\","
                    + " \"args\": [\"mcp\", \"--workspace\", \"/srv/quartermaster\"]}}}"
        })
final class McpCommand extends Subcommand {
    @Override
    public Integer call() throws CommandFailure, IOException {
        Path folder = root().workspace();
        InstantSource source = () -> Instant.from(program().clock().get());
        Clock clock = source.withZone(ZoneId.systemDefault());
        try (InForce inForce = new InForce(folder, program().version(), clock).start();
                Assistant assistant = new Assistant(inForce, program().version(), clock)) {
            if (inForce.decider() == null) {
                throw Commands.broken(folder, inForce.problems());
            }
            inForce.problems().forEach(problem -> console().say("Not in force: " + problem));
            new Conversation(assistant, inForce).hold(console().in(), console().out());
        }
        return ExitCode.FINE;
    }
}
