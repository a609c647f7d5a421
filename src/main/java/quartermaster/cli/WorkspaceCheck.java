package quartermaster.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.cli.report.Words;
import quartermaster.decision.Policy;
import quartermaster.decision.analysis.PolicyFinding;
import quartermaster.decision.cases.Case;
import quartermaster.decision.cases.CaseKind;
import quartermaster.decision.cases.CaseOutcome;
import quartermaster.decision.cases.Cases;
import quartermaster.decision.cases.Coverage;
import quartermaster.decision.engine.Decider;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workspace.Workspace;

/**
 * What there is to say of a workspace, file by file.
 *
 * @param decider null where the workspace cannot decide
 * @param problems with their places, cases that fail among them
 * @param outcomes of the cases
 * @param analysis of the policy
 * @param coverage by the cases; null where the workspace cannot decide
 */
record WorkspaceCheck(
        Path folder,
        @Nullable Decider decider,
        List<Part> parts,
        List<Problem> problems,
        List<CaseOutcome> outcomes,
        List<PolicyFinding> analysis,
        @Nullable Coverage coverage) {
    static final String ANALYSIS = "policy analysis";
    static final String COVERAGE = "coverage";
    private static final String RULE_FILES = Workspace.RULES + "/*.drl";

    /**
     * @param wrong what has to be put right; nothing where all is well
     * @param changed preferences that do not hold: not wrong, if somebody says so
     * @param advice what may well be meant
     */
    record Part(String name, String says, List<String> wrong, List<String> changed, List<String> advice) {
        Part(String name, String says, List<String> wrong) {
            this(name, says, wrong, List.of(), List.of());
        }

        boolean holds() {
            return wrong.isEmpty();
        }
    }

    static WorkspaceCheck of(Path folder, Imported<@Nullable Decider> loaded) {
        Decider decider = loaded.value();
        return decider == null
                ? new WorkspaceCheck(
                        folder, null, broken(loaded.problems()), loaded.problems(), List.of(), List.of(), null)
                : of(folder, decider);
    }

    private static WorkspaceCheck of(Path folder, Decider decider) {
        Imported<List<Case>> cases = Workspace.cases(folder, decider);
        Coverage coverage = new Coverage(decider.rules());
        List<CaseOutcome> outcomes = Cases.run(decider, cases.value(), coverage::add);
        List<PolicyFinding> analysis = Workspace.analysis(folder, decider, cases.value());
        List<Part> parts = List.of(
                catalogue(decider.catalogue()),
                policy(decider),
                rules(decider),
                cases(cases.problems(), outcomes),
                analysis(analysis),
                coverage(coverage, decider));
        return new WorkspaceCheck(
                folder, decider, parts, problems(cases.problems(), outcomes, analysis), outcomes, analysis, coverage);
    }

    int exitCode() {
        if (decider == null) {
            return ExitCode.BROKEN_WORKSPACE;
        }
        if (!holds()) {
            return ExitCode.CHECK_FAILED;
        }
        return needsYes() ? ExitCode.NEEDS_YES : ExitCode.FINE;
    }

    /** Nothing is wrong, but others win than some cases want. */
    boolean needsYes() {
        return holds() && parts.stream().anyMatch(part -> !part.changed().isEmpty());
    }

    boolean holds() {
        return parts.stream().allMatch(Part::holds);
    }

    private static Part catalogue(Catalogue catalogue) {
        String found = catalogue.hardware().size() + " hardware, "
                + catalogue.models().size() + " models, "
                + catalogue.engines().size() + " engines, "
                + catalogue.training().tools().size() + " training tools, "
                + catalogue.offers().size() + " offers, "
                + catalogue.hostedApis().size() + " prices by the token";
        return new Part(Workspace.CATALOGUE, found, List.of(), List.of(), texts(catalogue.takenFromProgram()));
    }

    private static Part policy(Decider decider) {
        Policy policy = decider.rules().policy();
        int rows = policy.tables().values().stream()
                .mapToInt(table -> table.rows().size())
                .sum();
        String found = policy.tables().size() + " tables with " + rows + " rows, "
                + policy.thresholds().size() + " thresholds";
        return new Part(Workspace.POLICY, found, List.of(), List.of(), texts(policy.takenFromProgram()));
    }

    private static Part rules(Decider decider) {
        return new Part(RULE_FILES, decider.rules().rules().size() + " rules compile", List.of());
    }

    private static Part cases(List<Problem> problems, List<CaseOutcome> outcomes) {
        List<String> wrong = new ArrayList<>(texts(problems));
        outcomes.stream()
                .filter(CaseOutcome::breaksTruth)
                .map(CaseOutcome::toString)
                .forEach(wrong::add);
        List<String> changed = outcomes.stream()
                .filter(CaseOutcome::changesPreference)
                .map(CaseOutcome::toString)
                .toList();
        int all = outcomes.size();
        String says = wrong.isEmpty()
                ? Words.count(all - changed.size(), "case holds", "cases hold")
                : Words.count(wrong.size(), "problem", "problems") + " in " + Words.count(all, "case", "cases");
        String others = changed.isEmpty()
                ? ""
                : "; " + Words.count(changed.size(), "preference does", "preferences do") + " not hold";
        return new Part(Workspace.CASES, says + others, wrong, changed, List.of());
    }

    private static Part analysis(List<PolicyFinding> findings) {
        List<String> wrong = texts(findings, PolicyFinding.Level.PROBLEM);
        List<String> advice = texts(findings, PolicyFinding.Level.ADVICE);
        String says = Words.count(wrong.size(), "problem", "problems") + ", "
                + Words.count(advice.size(), "piece of advice", "pieces of advice");
        return new Part(ANALYSIS, says, wrong, List.of(), advice);
    }

    private static Part coverage(Coverage coverage, Decider decider) {
        int rows = coverage.allRows().size();
        int rules = decider.rules().rules().size();
        String says = "rows decided in cases: " + (rows - coverage.silentRows().size()) + " of " + rows
                + "; rules that spoke: " + (rules - coverage.silentRules().size()) + " of " + rules;
        return new Part(COVERAGE, says, List.of());
    }

    private static List<String> texts(List<PolicyFinding> findings, PolicyFinding.Level level) {
        return findings.stream()
                .filter(each -> each.level() == level)
                .map(PolicyFinding::toString)
                .toList();
    }

    private static List<Problem> problems(
            List<Problem> unread, List<CaseOutcome> outcomes, List<PolicyFinding> analysis) {
        List<Problem> problems = new ArrayList<>(unread);
        for (CaseOutcome outcome : outcomes) {
            Place at = outcome.tested().at().in(Workspace.CASES);
            outcome.checks().stream()
                    .filter(check -> !check.holds())
                    .map(check -> new Problem(
                            check.kind() == CaseKind.TRUTH ? "case-fails" : "preference-changed",
                            check.toString().strip(),
                            at))
                    .forEach(problems::add);
        }
        analysis.stream()
                .filter(PolicyFinding::isProblem)
                .map(finding -> new Problem(finding.code(), finding.message(), finding.at()))
                .forEach(problems::add);
        return problems;
    }

    private static List<Part> broken(List<Problem> problems) {
        List<Part> parts = new ArrayList<>();
        List<Problem> rest = new ArrayList<>(problems);
        for (String file : List.of(Workspace.CATALOGUE, Workspace.POLICY)) {
            List<Problem> own =
                    rest.stream().filter(each -> each.at().isIn(file)).toList();
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
