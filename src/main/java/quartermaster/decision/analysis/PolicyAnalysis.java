package quartermaster.decision.analysis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.HostedApi;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Offer;
import quartermaster.catalogue.Quantization;
import quartermaster.decision.Column;
import quartermaster.decision.Policy;
import quartermaster.decision.PolicyRow;
import quartermaster.decision.PolicyTable;
import quartermaster.decision.Step;
import quartermaster.decision.Threshold;
import quartermaster.decision.analysis.PolicyFinding.Level;
import quartermaster.decision.cases.Case;
import quartermaster.decision.cases.CaseColumn;
import quartermaster.decision.rules.RuleFile;
import quartermaster.unit.Ids;
import quartermaster.unit.Place;

/**
 * Looks at a policy before it is used: rows that can never match, gaps, rows that contradict each other, thresholds and
 * values that nobody knows, rules without a case. Exact over the typed rows; nothing has to be compiled or decided.
 */
public final class PolicyAnalysis {
    private final Policy policy;
    private final Catalogue catalogue;
    private final List<PolicyFinding> findings = new ArrayList<>();

    private PolicyAnalysis(Policy policy, Catalogue catalogue) {
        this.policy = policy;
        this.catalogue = catalogue;
    }

    /** Everything there is to say, problems first, then in the order of sheets and rows. */
    public static List<PolicyFinding> of(Policy policy, Catalogue catalogue, List<RuleFile> rules, List<Case> cases) {
        PolicyAnalysis analysis = new PolicyAnalysis(policy, catalogue);
        analysis.thresholds(rules);
        for (Step step : Step.values()) {
            analysis.table(policy.table(step));
        }
        analysis.rulesWithoutCase(rules, cases);
        return analysis.findings.stream()
                .sorted(Comparator.comparing(PolicyFinding::level))
                .toList();
    }

    /** The values that the catalogue has for a column whose ids are open; none for other columns. */
    static List<String> known(Catalogue catalogue, Column column) {
        Stream<String> known = switch (column.header()) {
            case "Model family" -> catalogue.models().stream().map(Model::family);
            case "Published precision" ->
                catalogue.models().stream()
                        .map(model -> model.published().precision())
                        .filter(Objects::nonNull);
            case "Hardware family" ->
                Stream.concat(catalogue.hardware().stream().map(Hardware::family), Stream.of(HostedApi.KIND));
            case "Chip class" -> catalogue.hardware().stream().map(Hardware::chipClass);
            case "Hardware" -> Catalogue.ids(catalogue.hardware()).stream();
            case "Offer tier" ->
                catalogue.offers().stream().filter(it -> !it.index()).map(Offer::tier);
            case "Engine" ->
                Stream.of(
                                Catalogue.ids(catalogue.engines()),
                                Catalogue.ids(catalogue.training().tools()),
                                List.of(HostedApi.KIND))
                        .flatMap(List::stream);
            case "Quantization" ->
                catalogue.quantizations().stream()
                        .filter(Quantization::forWeights)
                        .map(Quantization::id);
            default -> Stream.of();
        };
        return known.distinct().toList();
    }

    private void table(PolicyTable table) {
        findings.addAll(new TableAnalysis(policy.file(), table, column -> known(catalogue, column)).findings());
        for (int column = 0; column < table.columns().size(); column++) {
            if (table.columns().get(column).kind() == Column.Kind.ID
                    && table.columns().get(column).ids().isEmpty()) {
                unknownValues(table, column);
            }
        }
    }

    private void unknownValues(PolicyTable table, int column) {
        Collection<String> known = known(catalogue, table.columns().get(column));
        for (PolicyRow row : table.rows()) {
            for (String id : ColumnParts.mentioned(row.conditions().get(column))) {
                if (!known.contains(id)) {
                    boolean mistyped = Ids.nearest(id, known).isPresent();
                    findings.add(new PolicyFinding(
                            "unknown-value",
                            mistyped ? Level.PROBLEM : Level.ADVICE,
                            "The catalogue has nothing whose "
                                    + table.columns().get(column).header() + " is (" + id + "), so it meets nothing."
                                    + Ids.hint(id, known),
                            table.cell(row, column).in(policy.file()),
                            null));
                }
            }
        }
    }

    private void thresholds(List<RuleFile> files) {
        Set<String> named = policy.thresholds().stream().map(Threshold::name).collect(Collectors.toSet());
        Set<String> used = new TreeSet<>(Threshold.OF_THE_PROGRAM);
        for (RuleFile file : files) {
            file.thresholds().forEach((name, at) -> {
                used.add(name);
                if (!named.contains(name)) {
                    findings.add(new PolicyFinding(
                            "missing-threshold",
                            Level.PROBLEM,
                            "The rule compares with the threshold \"" + name
                                    + "\", which the sheet Thresholds has not, so it never fires."
                                    + near(name),
                            at,
                            null));
                }
            });
        }
        policy.thresholds().stream()
                .filter(each -> !used.contains(each.name()))
                .forEach(each -> advise(
                        "unused-threshold",
                        "No rule compares with the threshold \"" + each.name() + "\".",
                        each.at().in(policy.file())));
    }

    /** The threshold that was probably meant, with its cell; else all that there are. */
    private String near(String name) {
        List<String> names = policy.thresholds().stream().map(Threshold::name).toList();
        String at = Ids.nearest(name, names).stream()
                .flatMap(near ->
                        policy.thresholds().stream().filter(each -> each.name().equals(near)))
                .map(each -> " It stands at " + each.at() + ".")
                .findFirst()
                .orElse("");
        return Ids.hint(name, names) + at;
    }

    private void rulesWithoutCase(List<RuleFile> files, List<Case> cases) {
        Set<String> tested = cases.stream()
                .flatMap(each -> each.expectations().stream())
                .filter(each -> each.column() == CaseColumn.FINDS && each.code() != null)
                .map(each -> String.valueOf(each.code()))
                .collect(Collectors.toSet());
        Stream.of(Step.values()).map(Step::id).forEach(tested::add); // they score; every case runs them
        files.stream()
                .flatMap(file -> file.rules().stream())
                .filter(rule -> !tested.contains(rule.name()))
                .forEach(rule -> advise(
                        "rule-without-case",
                        "No case demands the finding of the rule \"" + rule.name()
                                + "\". Write a row in rules/cases.xlsx with " + rule.name() + " in the column Finds.",
                        rule.at()));
    }

    private void advise(String code, String message, Place at) {
        findings.add(new PolicyFinding(code, Level.ADVICE, message, at, null));
    }
}
