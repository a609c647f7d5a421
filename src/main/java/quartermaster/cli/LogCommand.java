package quartermaster.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quartermaster.ledger.DecisionLog;
import quartermaster.ledger.KeptDecision;
import quartermaster.ledger.Ledger;
import quartermaster.ledger.LedgerException;
import quartermaster.workspace.LogLine;

@Command(
        name = "log",
        description =
                "Prints the decisions that are kept, oldest first: a line of JSON for each, with request and answer.",
        footer = {
            "",
            "Examples:",
            "  quartermaster log --since 2026-11-01 | jq -r .answer.headline",
            "  quartermaster log -o log.ndjson"
        })
final class LogCommand extends Subcommand {
    private static final int AT_ONCE = 500;

    @Mixin
    private final LedgerOptions kept = new LedgerOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "Where to write it instead.")
    private @Nullable Path output;

    @Override
    public Integer call() throws CommandFailure {
        Instant since = kept.since();
        try (Ledger ledger = kept.open(root().workspace())) {
            if (output == null) {
                forEach(ledger, since, console()::print);
                return ExitCode.FINE;
            }
            try (Writer writer = Files.newBufferedWriter(output, StandardCharsets.UTF_8)) {
                forEach(ledger, since, line -> write(writer, line));
            }
            console().say("Wrote " + output + ".");
            return ExitCode.FINE;
        } catch (LedgerException e) {
            throw CommandFailure.unreadable(String.valueOf(e.getMessage()));
        } catch (IOException | UncheckedIOException e) {
            throw CommandFailure.usage(output + " cannot be written: " + e.getMessage());
        }
    }

    private void forEach(Ledger ledger, Instant since, Consumer<String> take) {
        DecisionLog.Search search =
                DecisionLog.Search.oldestFirst(since, program().clock().get());
        DecisionLog.Position next = null;
        do {
            DecisionLog.Page page = ledger.decisions(search, next, AT_ONCE);
            for (KeptDecision each : page.decisions()) {
                take.accept(LogLine.of(each));
            }
            next = page.next();
        } while (next != null);
    }

    private static void write(Writer writer, String line) {
        try {
            writer.write(line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
