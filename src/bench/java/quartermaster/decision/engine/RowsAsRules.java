package quartermaster.decision.engine;

import static org.drools.model.DSL.declarationOf;
import static org.drools.model.DSL.on;
import static org.drools.model.PatternDSL.pattern;
import static org.drools.model.PatternDSL.rule;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.drools.model.Rule;
import org.drools.model.Variable;
import org.drools.model.impl.ModelImpl;
import org.drools.modelcompiler.KieBaseBuilder;
import org.kie.api.KieBase;
import org.kie.api.runtime.KieSession;
import quartermaster.decision.Assessment;
import quartermaster.decision.Condition;
import quartermaster.decision.Contribution;
import quartermaster.decision.Policy;
import quartermaster.decision.PolicyRow;
import quartermaster.decision.PolicyTable;
import quartermaster.decision.Step;
import quartermaster.unit.Place;

/**
 * The other way to run policy tables: every row is a rule of the engine, all rows that match fire, and the first of each
 * table is kept. Here to be measured; the service matches rows in Java.
 */
final class RowsAsRules {
    private final KieBase base;

    /** Which row of which table met which candidate, one run after the other. */
    private final ThreadLocal<Map<Assessment, PolicyRow[]>> matches = ThreadLocal.withInitial(IdentityHashMap::new);

    private final Policy policy;

    RowsAsRules(Policy policy) {
        this.policy = policy;
        ModelImpl model = new ModelImpl();
        for (PolicyTable table : policy.tables().values()) {
            for (PolicyRow row : table.rows()) {
                model.addRule(ruleOf(table, row));
            }
        }
        base = KieBaseBuilder.createKieBaseFromModel(model);
    }

    List<Contribution> score(List<Assessment> assessments) {
        matches.get().clear();
        KieSession session = base.newKieSession();
        try {
            assessments.forEach(session::insert);
            session.fireAllRules();
        } finally {
            session.dispose();
        }
        List<Contribution> contributions = new ArrayList<>();
        for (Assessment each : assessments) {
            PolicyRow[] rows = matches.get().get(each);
            for (Step step : Step.values()) {
                PolicyRow row = rows[step.ordinal()];
                contributions.add(new Contribution(
                        step,
                        policy.weight(each.workloadType(), step),
                        row.points().of(each),
                        row.verdict(),
                        row.because(),
                        step.id(),
                        Place.row(policy.file(), step.sheet(), row.row())));
            }
        }
        return contributions;
    }

    private Rule ruleOf(PolicyTable table, PolicyRow row) {
        Variable<Assessment> it = declarationOf(Assessment.class);
        int step = table.step().ordinal();
        return rule("table", table.step().id() + "-" + row.row())
                .build(
                        pattern(it).expr(table.step().id() + row.row(), each -> matches(table, row, each)),
                        on(it).execute(each -> keepFirst(each, step, row)));
    }

    private static boolean matches(PolicyTable table, PolicyRow row, Assessment each) {
        for (int i = 0; i < table.columns().size(); i++) {
            Condition condition = row.conditions().get(i);
            if (!(condition instanceof Condition.Any)
                    && !condition.holds(table.columns().get(i).value().apply(each))) {
                return false;
            }
        }
        return true;
    }

    private void keepFirst(Assessment each, int step, PolicyRow row) {
        PolicyRow[] rows = matches.get().computeIfAbsent(each, key -> new PolicyRow[Step.values().length]);
        if (rows[step] == null || row.row() < rows[step].row()) {
            rows[step] = row;
        }
    }
}
