package quartermaster.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quartermaster.decision.Decision;

@Command(
        name = "decide",
        mixinStandardHelpOptions = true,
        description = "Scores the candidates of a workbook or of a JSON request and prints the ranking.",
        footer = {
            "",
            "Examples:",
            "  quartermaster decide spreadsheets/candidates.xlsx -o scored.xlsx",
            "  quartermaster decide request.json --json",
            "  echo '{\"workload\": {\"type\": \"internal-tool\", \"namedUsers\": 30}}' | quartermaster decide -"
        })
final class DecideCommand implements Callable<Integer> {
    private final Commands root;

    @Parameters(paramLabel = "FILE", description = "A workbook (.xlsx), a request (.json), or - for standard input.")
    private @Nullable String file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description =
                    "Writes the scored workbook (.xlsx) or the answer (.json) there; without it no file is written.")
    private @Nullable Path output;

    @Option(names = "--json", description = "Prints the answer as JSON instead of a table.")
    private boolean json;

    @Option(names = "--as-of", paramLabel = "DATE", description = "The day to decide for (default: today).")
    private @Nullable LocalDate asOf;

    @Option(names = "--limit", paramLabel = "N", description = "The most recommendations for each workload.")
    private @Nullable Integer limit;

    DecideCommand(Commands root) {
        this.root = root;
    }

    @Override
    public Integer call() throws CommandFailure {
        String name = Options.required(file);
        if (limit != null && limit < 1) {
            throw new CommandFailure(ExitCode.USAGE, "--limit " + limit + " leaves nothing; expected 1 or more.");
        }
        byte[] bytes = FileAccess.read(root.program(), name);
        Answers answers =
                Answers.toJson(bytes, name, root.decider(), root.program().today(), asOf, limit);
        write(answers);
        show(answers);
        return answers.exitCode();
    }

    private void write(Answers answers) throws CommandFailure {
        if (output == null) {
            return;
        }
        FileAccess.write(root.program(), output, (answers.json() + "\n").getBytes(StandardCharsets.UTF_8));
        root.console().say("Wrote " + output + ".");
    }

    private void show(Answers answers) {
        if (json) {
            root.console().print(answers.json());
        } else {
            print(answers);
        }
        answers.problems().forEach(each -> root.console().complain("Problem at " + each));
    }

    private void print(Answers answers) {
        DecisionReport report = new DecisionReport(root.console());
        boolean first = true;
        for (Decision decision : answers.decisions()) {
            if (!first) {
                root.console().print("");
            }
            report.print(decision);
            first = false;
        }
    }
}
