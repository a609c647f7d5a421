package quartermaster.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quartermaster.catalogue.Catalogue;
import quartermaster.cli.Console.Style;
import quartermaster.decision.Decider;
import quartermaster.decision.Policy;
import quartermaster.json.DecisionWriter;
import quartermaster.json.JsonText;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;
import quartermaster.workbook.Workspace;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Checks a workspace: the spreadsheets import, the rules compile, the cases hold.",
        footer = {"", "Example:", "  quartermaster check --workspace ../our-rules"})
final class CheckCommand implements Callable<Integer> {
    private static final String RULE_FILES = Workspace.RULES + "/*.drl";

    private final Commands root;

    @Option(names = "--json", description = "Prints the result as JSON.")
    private boolean json;

    CheckCommand(Commands root) {
        this.root = root;
    }

    /** One line of the screen. */
    private record Part(String name, String says, List<Problem> problems) {
        boolean holds() {
            return problems.isEmpty();
        }
    }

    @Override
    public Integer call() throws CommandFailure {
        Path folder = root.workspace();
        Imported<@Nullable Decider> loaded = root.program().loader().load(folder);
        Decider decider = loaded.value();
        List<Part> parts = parts(decider, loaded.problems());
        if (json) {
            root.console().print(asJson(folder, parts, decider));
        } else {
            print(folder, parts, decider);
        }
        return parts.stream().allMatch(Part::holds) ? ExitCode.FINE : ExitCode.BROKEN_WORKSPACE;
    }

    private static List<Part> parts(@Nullable Decider decider, List<Problem> problems) {
        List<Part> parts = new ArrayList<>();
        List<Problem> rest = new ArrayList<>(problems);
        for (String file : List.of(Workspace.CATALOGUE, Workspace.POLICY)) {
            List<Problem> own =
                    rest.stream().filter(each -> each.at().startsWith(file)).toList();
            rest.removeAll(own);
            String holds = decider == null ? "read" : found(file, decider);
            parts.add(new Part(file, own.isEmpty() ? holds : count(own), own));
        }
        boolean compiled = decider != null || problems.isEmpty();
        boolean tried = compiled || rest.size() == problems.size();
        String says = decider != null
                ? decider.rules().rules().size() + " rules compile"
                : tried ? count(rest) : "not tried before the spreadsheets are right";
        parts.add(new Part(RULE_FILES, says, rest));
        return parts;
    }

    private static String found(String file, Decider decider) {
        if (file.equals(Workspace.CATALOGUE)) {
            Catalogue catalogue = decider.catalogue();
            return catalogue.hardware().size() + " hardware, "
                    + catalogue.models().size() + " models, "
                    + catalogue.engines().size() + " engines, "
                    + catalogue.offers().size() + " offers";
        }
        Policy policy = decider.rules().policy();
        int rows = policy.tables().values().stream()
                .mapToInt(table -> table.rows().size())
                .sum();
        return policy.tables().size() + " tables with " + rows + " rows, "
                + policy.thresholds().size() + " thresholds";
    }

    private static String count(List<Problem> problems) {
        return Words.count(problems.size(), "problem", "problems");
    }

    private void print(Path folder, List<Part> parts, @Nullable Decider decider) {
        Console console = root.console();
        console.print("Workspace " + folder);
        for (Part part : parts) {
            String mark = part.holds() ? console.styled(Style.GOOD, "ok   ") : console.styled(Style.BAD, "wrong");
            console.print(String.format("%s  %-28s  %s", mark, part.name(), part.says()));
            part.problems().forEach(each -> console.print("         " + each));
        }
        if (decider != null) {
            console.print("Version " + decider.versions().workspace());
        }
    }

    private static String asJson(Path folder, List<Part> parts, @Nullable Decider decider) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("workspace", folder.toString());
        fields.put("ok", parts.stream().allMatch(Part::holds));
        fields.put("versions", decider == null ? null : DecisionWriter.versions(decider.versions()));
        fields.put("parts", parts.stream().map(CheckCommand::asMap).toList());
        return JsonText.of(fields);
    }

    private static Map<String, Object> asMap(Part part) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("part", part.name());
        fields.put("ok", part.holds());
        fields.put("says", part.says());
        fields.put("problems", part.problems().stream().map(Problem::toString).toList());
        return fields;
    }
}
