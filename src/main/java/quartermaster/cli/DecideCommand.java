package quartermaster.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import quartermaster.advice.Advice;
import quartermaster.cli.report.AdviceReport;
import quartermaster.cli.report.BriefPage;
import quartermaster.cli.report.Console.Style;
import quartermaster.cli.report.DecisionReport;
import quartermaster.cli.report.StartReport;
import quartermaster.cli.report.SummaryReport;
import quartermaster.cli.report.Words;
import quartermaster.decision.Decision;
import quartermaster.decision.engine.Decider;
import quartermaster.launch.Start;
import quartermaster.workbook.brief.BriefDocument;
import quartermaster.workbook.brief.BriefPdf;

@Command(
        name = "decide",
        description = "Scores the candidates of a workbook or of a JSON request and prints the ranking.",
        footer = {
            "",
            "Examples:",
            "  quartermaster decide spreadsheets/candidates.xlsx -o scored.xlsx",
            "  quartermaster decide request.json --json",
            "  quartermaster decide request.json --brief decision.pdf",
            "  echo '{\"workload\": {\"type\": \"internal-tool\", \"namedUsers\": 30}}' | quartermaster decide -"
        })
final class DecideCommand extends Subcommand {
    private static final Set<String> WORKBOOKS =
            Set.of("xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv", "tab", "txt", "numbers");

    private static final Set<String> BRIEFS = Set.of("docx", "pdf", "md");

    @Parameters(paramLabel = "FILE", description = "A workbook (.xlsx), a request (.json), or - for standard input.")
    private @Nullable String file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description =
                    "Writes the scored workbook (.xlsx) or the answer (.json) there; without it no file is written.")
    private @Nullable Path output;

    @Option(
            names = "--brief",
            paramLabel = "OUT",
            description = {
                "Writes a page for each workload that whoever decides can sign there (.docx, .pdf, .md);",
                "- prints it, and nothing else."
            })
    private @Nullable Path brief;

    @Option(names = "--as-of", paramLabel = "DATE", description = "The day to decide for (default: today).")
    private @Nullable LocalDate asOf;

    @Option(names = "--limit", paramLabel = "N", description = "The most recommendations for each workload.")
    private @Nullable Integer limit;

    @Option(
            names = "--details",
            description = "Prints the ranking of each workload below the summary; of one alone it is always printed.")
    private boolean details;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws CommandFailure {
        String name = required(file);
        byte[] bytes = FileAccess.read(program(), name);
        FileAccess.refuseOtherKinds(bytes, name);
        boolean isWorkbook = isWorkbook(name, bytes);
        refuseNonsense(name, isWorkbook);
        Decider decider = root().decider();
        LocalDate today = program().today();
        Answers answers = isWorkbook
                ? Answers.toWorkbook(bytes, name, decider, today, asOf, limit, console())
                : Answers.toJson(bytes, name, decider, today, asOf, limit);
        if (output != null) {
            FileAccess.write(program(), output, written(answers, output));
            console().say("Wrote " + output + ".");
        }
        brief(answers);
        show(answers);
        return answers.exitCode();
    }

    /** Workbooks of every kind: those that cannot be read are refused with a reason. */
    private static boolean isWorkbook(String name, byte[] bytes) {
        boolean zipped = bytes.length > 1 && bytes[0] == 'P' && bytes[1] == 'K';
        return zipped || WORKBOOKS.contains(extension(name)) || extension(name).equals("md"); // a table of Markdown
    }

    private void refuseNonsense(String name, boolean isWorkbook) throws CommandFailure {
        if (limit != null && limit < 1) {
            throw CommandFailure.usage("--limit " + limit + " leaves nothing; expected 1 or more.");
        }
        refuseOtherBrief();
        if (output == null) {
            return;
        }
        FileAccess.requireFolder(program(), output);
        String wanted = extension(output.toString());
        String given = extension(name);
        if (!isWorkbook && WORKBOOKS.contains(wanted)) {
            throw CommandFailure.usage(
                    "Only a workbook comes back as a workbook; the answer to JSON is written as .json.");
        }
        boolean macros = given.equals("xlsm");
        if (isWorkbook && !wanted.equals("json") && !wanted.equals(macros ? "xlsm" : "xlsx")) {
            throw CommandFailure.usage("Found " + output + " to write to; expected a name that ends in ."
                    + (macros ? given : "xlsx") + " or .json.");
        }
    }

    private void refuseOtherBrief() throws CommandFailure {
        if (brief == null) {
            return;
        }
        if (!isPrinted(brief)) {
            if (!BRIEFS.contains(extension(brief.toString()))) {
                throw CommandFailure.usage("Found " + brief
                        + " to write the brief to; expected a name that ends in .docx, .pdf or .md, or - to print it.");
            }
            FileAccess.requireFolder(program(), brief);
        } else if (json.wanted) {
            throw CommandFailure.usage("--json and --brief - both print; write the brief to a file.");
        }
    }

    private static boolean isPrinted(@Nullable Path brief) {
        return brief != null && brief.toString().equals("-");
    }

    private void brief(Answers answers) throws CommandFailure {
        if (brief == null || answers.decisions().isEmpty()) {
            return;
        }
        if (isPrinted(brief)) {
            BriefPage.of(answers.brief()).lines().forEach(console()::print);
            return;
        }
        FileAccess.write(program(), brief, document(answers, brief));
        console().say("Wrote " + brief + ".");
    }

    private static byte[] document(Answers answers, Path to) {
        LocalDate day = answers.decisions().get(0).request().asOf();
        return switch (extension(to.toString())) {
            case "docx" -> BriefDocument.write(answers.brief(), day);
            case "pdf" -> BriefPdf.write(answers.brief(), day);
            default -> BriefPage.of(answers.brief()).getBytes(StandardCharsets.UTF_8);
        };
    }

    private static byte[] written(Answers answers, Path to) {
        byte[] workbook = answers.workbook();
        return workbook == null || extension(to.toString()).equals("json")
                ? (answers.json() + "\n").getBytes(StandardCharsets.UTF_8)
                : workbook;
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private void show(Answers answers) {
        if (json.wanted) {
            console().print(answers.json());
        } else if (!isPrinted(brief)) {
            print(answers);
        }
        answers.problems().forEach(each -> console().complain("Problem at " + each));
    }

    /** What starts that which is recommended. */
    private void start(Decision decision, @Nullable Advice advice) {
        (advice == null ? decision : decision.with(advice.picks()))
                .recommended()
                .ifPresent(best -> Start.of(best).ifPresent(start -> {
                    console().print("");
                    console().print(console().styled(Style.BOLD, "Start it with"));
                    new StartReport(console(), 2)
                            .print(start, best.assessment().engine().name());
                }));
    }

    /** A line for each workload. */
    private void summary(Answers answers) {
        answers.decisions().stream()
                .flatMap(each -> each.generatedInstead().stream())
                .distinct()
                .forEach(why -> {
                    Words.wrap(why, console().width())
                            .forEach(line -> console().print(console().styled(Style.BOLD, line)));
                    console().print("");
                });
        SummaryReport report = new SummaryReport(console());
        for (int i = 0; i < answers.each().size(); i++) {
            Decision it = answers.each().get(i).value();
            if (it == null) {
                report.addNotJudged("Workload " + (i + 1));
            } else {
                report.add(it, answers.known(it));
            }
        }
        report.print();
        if (!details) {
            console().print("");
            console().print(console().styled(Style.DIM, "Rankings and reasons: --details."));
        }
    }

    private void print(Answers answers) {
        boolean many = answers.each().size() > 1;
        if (many) {
            summary(answers);
            if (!details) {
                return;
            }
        }
        DecisionReport report = new DecisionReport(console());
        boolean first = !many;
        for (Decision decision : answers.decisions()) {
            if (!first) {
                console().print("");
            }
            Advice advice = answers.advice(decision);
            report.print(decision, answers.known(decision));
            if (advice != null) {
                new AdviceReport(console()).print(advice);
            }
            first = false;
        }
        if (answers.decisions().size() == 1) {
            Decision only = answers.decisions().get(0);
            start(only, answers.known(only));
        }
    }
}
