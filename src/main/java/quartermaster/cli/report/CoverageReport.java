package quartermaster.cli.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import quartermaster.decision.RuleSource;
import quartermaster.decision.analysis.PolicyFinding;
import quartermaster.decision.cases.CaseDraft;
import quartermaster.decision.cases.Coverage;
import quartermaster.decision.cases.CoverageSearch;
import quartermaster.decision.engine.Decider;
import quartermaster.json.RequestWriter;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Place;

/** What no case reaches, each with a request that does. */
public record CoverageReport(List<Silent> silent) {
    private static final Set<String> NEVER = Set.of("shadowed-row", "net-row", "duplicate-row", "contradictory-row");

    /**
     * A row or a rule that decided in no case.
     *
     * @param reached what would reach it; empty where nothing was found
     * @param never whether nothing can, as the analysis knows
     */
    public record Silent(Place at, String says, Optional<CaseDraft> reached, boolean never) {}

    /** @param asOf day of the requests */
    public static CoverageReport of(Decider decider, Coverage coverage, List<PolicyFinding> analysis, LocalDate asOf) {
        CoverageSearch reaching = new CoverageSearch(decider, asOf);
        Set<Place> never = analysis.stream()
                .filter(each -> NEVER.contains(each.code()))
                .map(each -> each.at() instanceof Place.Cell cell ? cell.firstOfRow() : each.at())
                .collect(Collectors.toSet());
        String policy = decider.rules().policy().file();
        Map<Coverage.TableRow, DecisionRequest> rows = reaching.rows(coverage.silentRows().stream()
                .filter(row -> !never.contains(row.at(policy)))
                .toList());
        Map<RuleSource, DecisionRequest> rules = reaching.rules(coverage.silentRules());
        List<Silent> silent = new ArrayList<>();
        for (Coverage.TableRow row : coverage.silentRows()) {
            Optional<CaseDraft> reached =
                    Optional.ofNullable(rows.get(row)).map(request -> CaseDraft.of(row, request, decider));
            Place at = row.at(policy);
            silent.add(new Silent(at, row.row().because(), reached, never.contains(at)));
        }
        for (RuleSource rule : coverage.silentRules()) {
            Optional<CaseDraft> reached =
                    Optional.ofNullable(rules.get(rule)).map(request -> CaseDraft.of(rule, request, decider));
            silent.add(new Silent(rule.at(), "the rule " + rule.name(), reached, false));
        }
        return new CoverageReport(silent);
    }

    public List<CaseDraft> drafts() {
        return silent.stream().flatMap(each -> each.reached().stream()).toList();
    }

    /** A line for each, and the request below it. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Silent each : silent) {
            lines.add(each.at() + ": " + each.says());
            lines.add("  "
                    + each.reached()
                            .map(draft -> RequestWriter.write(draft.request()))
                            .orElse(
                                    each.never()
                                            ? "Can never decide: see the policy analysis."
                                            : "No request was found that reaches it."));
        }
        return lines;
    }
}
