package quartermaster.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.decision.Case;
import quartermaster.decision.CaseOutcome;
import quartermaster.decision.Cases;
import quartermaster.decision.Decider;
import quartermaster.decision.Policy;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;
import quartermaster.workbook.Workspace;

/**
 * What there is to say of a workspace, file by file.
 *
 * @param decider null where the workspace cannot decide
 */
record WorkspaceCheck(Path folder, @Nullable Decider decider, List<Part> parts) {
    private static final String RULE_FILES = Workspace.RULES + "/*.drl";

    /** @param wrong what has to be put right; nothing where all is well */
    record Part(String name, String says, List<String> wrong) {
        boolean holds() {
            return wrong.isEmpty();
        }
    }

    static WorkspaceCheck of(Path folder, Imported<@Nullable Decider> loaded) {
        Decider decider = loaded.value();
        List<Part> parts = decider == null
                ? broken(loaded.problems())
                : List.of(catalogue(decider.catalogue()), policy(decider), rules(decider), cases(folder, decider));
        return new WorkspaceCheck(folder, decider, parts);
    }

    int exitCode() {
        if (decider == null) {
            return ExitCode.BROKEN_WORKSPACE;
        }
        return holds() ? ExitCode.FINE : ExitCode.CHECK_FAILED;
    }

    boolean holds() {
        return parts.stream().allMatch(Part::holds);
    }

    private static Part catalogue(Catalogue catalogue) {
        String found = catalogue.hardware().size() + " hardware, "
                + catalogue.models().size() + " models, "
                + catalogue.engines().size() + " engines, "
                + catalogue.offers().size() + " offers";
        return new Part(Workspace.CATALOGUE, found, List.of());
    }

    private static Part policy(Decider decider) {
        Policy policy = decider.rules().policy();
        int rows = policy.tables().values().stream()
                .mapToInt(table -> table.rows().size())
                .sum();
        String found = policy.tables().size() + " tables with " + rows + " rows, "
                + policy.thresholds().size() + " thresholds";
        return new Part(Workspace.POLICY, found, List.of());
    }

    private static Part rules(Decider decider) {
        return new Part(RULE_FILES, decider.rules().rules().size() + " rules compile", List.of());
    }

    private static Part cases(Path folder, Decider decider) {
        Imported<List<Case>> cases = Workspace.cases(folder, decider);
        List<String> wrong = new ArrayList<>(texts(cases.problems()));
        Cases.run(decider, cases.value()).stream()
                .filter(outcome -> !outcome.holds())
                .map(CaseOutcome::toString)
                .forEach(wrong::add);
        int all = cases.value().size();
        String says = wrong.isEmpty()
                ? Words.count(all, "case holds", "cases hold")
                : Words.count(wrong.size(), "problem", "problems") + " in " + Words.count(all, "case", "cases");
        return new Part(Workspace.CASES, says, wrong);
    }

    /** Rules are compiled only with spreadsheets that are right. */
    private static List<Part> broken(List<Problem> problems) {
        List<Part> parts = new ArrayList<>();
        List<Problem> rest = new ArrayList<>(problems);
        for (String file : List.of(Workspace.CATALOGUE, Workspace.POLICY)) {
            List<Problem> own =
                    rest.stream().filter(each -> each.at().startsWith(file)).toList();
            rest.removeAll(own);
            parts.add(new Part(file, own.isEmpty() ? "read" : count(own), texts(own)));
        }
        if (!rest.isEmpty()) {
            parts.add(new Part(RULE_FILES, count(rest), texts(rest)));
        }
        return parts;
    }

    private static String count(List<Problem> problems) {
        return Words.count(problems.size(), "problem", "problems");
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }
}
