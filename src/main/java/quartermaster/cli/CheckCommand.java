package quartermaster.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quartermaster.cli.Console.Style;
import quartermaster.decision.CaseOutcome;
import quartermaster.decision.Decider;
import quartermaster.json.DecisionWriter;
import quartermaster.json.JsonText;
import quartermaster.workbook.Workspace;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Checks a workspace: the spreadsheets import, the rules compile, the cases hold; says what is"
                + " odd in the policy, and how much of it the cases reach.",
        footer = {"", "Examples:", "  quartermaster check --workspace ../our-rules", "  quartermaster check --verbose"})
final class CheckCommand implements Callable<Integer> {
    private static final int ADVICE_AT_MOST = 3;

    private final Commands root;

    @Option(names = "--json", description = "Prints the result as JSON.")
    private boolean json;

    @Option(names = "--verbose", description = "Shows every case, expected beside found, and all advice.")
    private boolean verbose;

    CheckCommand(Commands root) {
        this.root = root;
    }

    @Override
    public Integer call() throws CommandFailure {
        Path folder = root.workspace();
        WorkspaceCheck check = WorkspaceCheck.of(folder, root.program().loader().load(folder));
        if (json) {
            root.console().print(asJson(check));
        } else {
            print(check);
        }
        return check.exitCode();
    }

    private void print(WorkspaceCheck check) {
        Console console = root.console();
        console.print("Workspace " + check.folder());
        for (WorkspaceCheck.Part part : check.parts()) {
            String mark = part.holds() ? console.styled(Style.GOOD, "ok   ") : console.styled(Style.BAD, "wrong");
            console.print(String.format("%s  %-28s  %s", mark, part.name(), part.says()));
            part.wrong().forEach(each -> console.print(each.indent(7).stripTrailing()));
            if (verbose && part.name().equals(Workspace.CASES)) {
                check.outcomes().stream()
                        .filter(CaseOutcome::holds)
                        .forEach(each -> console.print(each.toString().indent(7).stripTrailing()));
            }
            advise(part.advice());
        }
        Decider decider = check.decider();
        if (decider != null) {
            console.print("Version " + decider.versions().workspace());
        }
    }

    private void advise(List<String> advice) {
        Console console = root.console();
        advice.stream()
                .limit(verbose ? advice.size() : ADVICE_AT_MOST)
                .flatMap(each -> Words.wrap(each, Console.WIDTH - 7).stream())
                .forEach(line -> console.print("       " + console.styled(Style.DIM, line)));
        if (!verbose && advice.size() > ADVICE_AT_MOST) {
            console.print("       … and " + (advice.size() - ADVICE_AT_MOST) + " more: --verbose");
        }
    }

    private static String asJson(WorkspaceCheck check) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Decider decider = check.decider();
        fields.put("workspace", check.folder().toString());
        fields.put("ok", check.holds());
        fields.put("versions", decider == null ? null : DecisionWriter.versions(decider.versions()));
        fields.put("parts", check.parts().stream().map(CheckCommand::asMap).toList());
        return JsonText.of(fields);
    }

    private static Map<String, Object> asMap(WorkspaceCheck.Part part) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("part", part.name());
        fields.put("ok", part.holds());
        fields.put("says", part.says());
        fields.put("problems", part.wrong());
        fields.put("advice", part.advice());
        return fields;
    }
}
