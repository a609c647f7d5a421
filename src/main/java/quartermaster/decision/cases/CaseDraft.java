package quartermaster.decision.cases;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Decision;
import quartermaster.decision.Finding;
import quartermaster.decision.Recommendation;
import quartermaster.decision.RuleSource;
import quartermaster.decision.Severity;
import quartermaster.decision.Verdict;
import quartermaster.decision.cases.Coverage.TableRow;
import quartermaster.decision.engine.Decider;
import quartermaster.request.DecisionRequest;
import quartermaster.unit.Choice;

/**
 * A case for somebody to accept: a request that reaches a row or a rule which no case has reached, and what its decision
 * looks like today.
 *
 * @param demands what stands in the cells
 */
public record CaseDraft(String id, String statement, DecisionRequest request, Map<CaseColumn, String> demands) {
    private static final int FINDINGS_AT_MOST = 3;

    public CaseDraft {
        demands = Map.copyOf(new EnumMap<>(demands));
    }

    /** @param request with one candidate, which the row scores */
    public static CaseDraft of(TableRow row, DecisionRequest request, Decider decider) {
        String step = row.table().step().id();
        return of(
                "draft-" + step + "-row-" + row.row().row(),
                "Row " + row.row().row() + " of " + row.table().step().sheet() + " decides: "
                        + row.row().because(),
                request,
                null,
                decider);
    }

    /** @param request with one candidate, of which the rule says something */
    public static CaseDraft of(RuleSource rule, DecisionRequest request, Decider decider) {
        return of("draft-" + rule.name(), "The rule " + rule.name() + " speaks.", request, rule.name(), decider);
    }

    private static CaseDraft of(
            String id, String statement, DecisionRequest request, @Nullable String code, Decider decider) {
        Decision decision = decider.decide(request).value();
        if (decision == null) {
            throw new IllegalArgumentException("The request of " + id + " cannot be decided.");
        }
        Recommendation only = Stream.concat(decision.ranked().stream(), decision.rejected().stream())
                .findFirst()
                .orElseThrow();
        String hardware = only.assessment().hardware().id();
        Map<CaseColumn, String> demands = new EnumMap<>(CaseColumn.class);
        demands.put(
                CaseColumn.OUTCOME, decision.hasRecommendation() ? Choice.id(Verdict.RECOMMENDED) : "nothing-suitable");
        demands.put(only.isRuledOut() ? CaseColumn.RULES_OUT : CaseColumn.RECOMMENDS, hardware);
        List<String> codes = codes(only, code, Cases.findingCodes(decider.rules()));
        if (!codes.isEmpty()) {
            demands.put(
                    CaseColumn.FINDS,
                    codes.stream().map(each -> each + " @ " + hardware).collect(Collectors.joining("; ")));
        }
        return new CaseDraft(id, statement, request, demands);
    }

    /** The code that the case is for, else the weightiest. */
    private static List<String> codes(Recommendation only, @Nullable String code, java.util.Set<String> known) {
        List<String> codes = new ArrayList<>();
        if (code != null) {
            codes.add(code);
            return codes;
        }
        only.findings().stream()
                .filter(each -> each.severity() != Severity.NOTE && known.contains(each.code()))
                .map(Finding::code)
                .distinct()
                .limit(FINDINGS_AT_MOST)
                .forEach(codes::add);
        return codes;
    }
}
