package quartermaster.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quartermaster.cli.Console.Style;
import quartermaster.decision.Decider;
import quartermaster.json.DecisionWriter;
import quartermaster.json.JsonText;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Checks a workspace: the spreadsheets import, the rules compile, the cases hold.",
        footer = {"", "Example:", "  quartermaster check --workspace ../our-rules"})
final class CheckCommand implements Callable<Integer> {
    private final Commands root;

    @Option(names = "--json", description = "Prints the result as JSON.")
    private boolean json;

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
        }
        Decider decider = check.decider();
        if (decider != null) {
            console.print("Version " + decider.versions().workspace());
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
        return fields;
    }
}
