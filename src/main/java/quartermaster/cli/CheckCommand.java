package quartermaster.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import quartermaster.cli.report.Console;
import quartermaster.cli.report.Console.Style;
import quartermaster.cli.report.CoverageReport;
import quartermaster.cli.report.Words;
import quartermaster.decision.cases.CaseDraft;
import quartermaster.decision.cases.CaseOutcome;
import quartermaster.decision.cases.Coverage;
import quartermaster.decision.engine.Decider;
import quartermaster.json.JsonText;
import quartermaster.json.RequestWriter;
import quartermaster.workbook.knowledge.CaseDrafts;
import quartermaster.workspace.Workspace;

@Command(
        name = "check",
        description = "Checks a workspace: the spreadsheets import, the rules compile, the cases hold; says what is"
                + " odd in the policy, and how much of it the cases reach.",
        footer = {
            "",
            "Exit code 0 when all is well, 1 when something is wrong, 5 when nothing is but a preference among the",
            "cases does not hold.",
            "",
            "Examples:",
            "  quartermaster check --workspace ../our-rules",
            "  quartermaster check --verbose"
        })
final class CheckCommand extends Subcommand {
    private static final String DRAFTS = "rules/cases-drafts.xlsx";
    private static final int ADVICE_AT_MOST = 3;

    @Option(names = "--verbose", description = "Shows every case, expected beside found, and all advice.")
    private boolean verbose;

    @Option(
            names = "--coverage",
            description = "Lists the rows and rules that decided in no case, each with a request that reaches it.")
    private boolean coverage;

    @Option(
            names = "--write-cases",
            paramLabel = "FILE.xlsx",
            arity = "0..1",
            fallbackValue = DRAFTS,
            description = "Drafts cases for them, to be accepted or deleted by you, into a new workbook" + " (default: "
                    + DRAFTS + " of the workspace). Takes a minute.")
    private @Nullable Path drafts;

    @Option(
            names = "--marked",
            paramLabel = "DIR",
            description = "Writes a copy of each workbook with problems into that folder: red cells, notes, a list.")
    private @Nullable Path marked;

    @Mixin
    private final JsonOption json = new JsonOption();

    @Override
    public Integer call() throws CommandFailure {
        Path folder = root().workspace();
        Path to = drafts == null ? null : newFile(folder, drafts);
        WorkspaceCheck check = WorkspaceCheck.of(folder, program().loader().load(folder));
        CoverageReport report = coverage || to != null ? report(check) : null;
        if (json.wanted) {
            console().print(asJson(check, report));
        } else {
            print(check, report);
        }
        if (to != null && report != null) {
            write(report.drafts(), folder, to);
        }
        if (marked != null) {
            new MarkedCopies(root(), folder).write(check.problems(), marked);
        }
        return check.exitCode();
    }

    /** The default lies in the workspace, a file that somebody names where they stand. */
    private Path newFile(Path folder, Path named) throws CommandFailure {
        Path file = named.equals(Path.of(DRAFTS))
                ? folder.resolve(named)
                : program().workspaces().current().resolve(named);
        if (Files.exists(file)) {
            throw CommandFailure.usage(file + " is there already.\nMaybe name another: --write-cases FILE.xlsx");
        }
        return file;
    }

    private @Nullable CoverageReport report(WorkspaceCheck check) {
        Decider decider = check.decider();
        Coverage reached = check.coverage();
        return decider == null || reached == null
                ? null
                : CoverageReport.of(
                        decider, reached, check.analysis(), program().today());
    }

    private void write(List<CaseDraft> cases, Path folder, Path to) throws CommandFailure {
        try {
            CaseDrafts.write(folder.resolve(Workspace.CASES), cases, to);
        } catch (IOException e) {
            throw CommandFailure.usage(to + " could not be written (" + e + ").");
        }
        console()
                .say("Wrote " + Words.count(cases.size(), "draft", "drafts") + " to " + to
                        + ": read each, and copy what must stay true into " + Workspace.CASES + ".");
    }

    private void print(WorkspaceCheck check, @Nullable CoverageReport report) {
        Console console = console();
        console.print("Workspace " + check.folder());
        for (WorkspaceCheck.Part part : check.parts()) {
            String mark = mark(part, console);
            console.print(String.format("%s  %-28s  %s", mark, part.name(), part.says()));
            part.wrong().forEach(each -> console.print(each.indent(7).stripTrailing()));
            part.changed().forEach(each -> console.print(each.indent(7).stripTrailing()));
            if (verbose && part.name().equals(Workspace.CASES)) {
                check.outcomes().stream()
                        .filter(CaseOutcome::holds)
                        .forEach(each -> console.print(each.toString().indent(7).stripTrailing()));
            }
            advise(part.advice());
            if (report != null && part.name().equals(WorkspaceCheck.COVERAGE)) {
                report.lines().forEach(line -> console.print("       " + line));
            }
        }
        Decider decider = check.decider();
        if (decider != null) {
            console.print("Version " + decider.versions().workspace());
        }
        if (check.needsYes()) {
            Words.wrap(
                            "Nothing is wrong, but others win than some cases want. If that is meant, change what they"
                                    + " expect in " + Workspace.CASES + ".",
                            console().width())
                    .forEach(console::print);
        }
    }

    private static String mark(WorkspaceCheck.Part part, Console console) {
        if (!part.holds()) {
            return console.styled(Style.BAD, "wrong");
        }
        return part.changed().isEmpty() ? console.styled(Style.GOOD, "ok   ") : console.styled(Style.CAREFUL, "yes? ");
    }

    private void advise(List<String> advice) {
        Console console = console();
        advice.stream()
                .limit(verbose ? advice.size() : ADVICE_AT_MOST)
                .flatMap(each -> Words.wrap(each, console().width() - 7).stream())
                .forEach(line -> console.print("       " + console.styled(Style.DIM, line)));
        if (!verbose && advice.size() > ADVICE_AT_MOST) {
            console.print("       … and " + (advice.size() - ADVICE_AT_MOST) + " more: --verbose");
        }
    }

    private static String asJson(WorkspaceCheck check, @Nullable CoverageReport report) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Decider decider = check.decider();
        fields.put("workspace", check.folder().toString());
        fields.put("ok", check.holds());
        fields.put("needsYes", check.needsYes());
        fields.put("versions", decider == null ? null : decider.versions());
        fields.put("parts", check.parts().stream().map(CheckCommand::asMap).toList());
        if (report != null) {
            fields.put(
                    "silent", report.silent().stream().map(CheckCommand::asMap).toList());
        }
        return JsonText.of(fields);
    }

    private static Map<String, @Nullable Object> asMap(CoverageReport.Silent silent) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("at", silent.at());
        fields.put("says", silent.says());
        fields.put("never", silent.never());
        fields.put(
                "request",
                silent.reached()
                        .map(draft -> RequestWriter.write(draft.request()))
                        .orElse(null));
        return fields;
    }

    private static Map<String, Object> asMap(WorkspaceCheck.Part part) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("part", part.name());
        fields.put("ok", part.holds());
        fields.put("says", part.says());
        fields.put("problems", part.wrong());
        fields.put("changed", part.changed());
        fields.put("advice", part.advice());
        return fields;
    }
}
