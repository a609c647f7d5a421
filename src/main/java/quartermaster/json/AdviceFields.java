package quartermaster.json;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.Advice;
import quartermaster.advice.FieldWords;
import quartermaster.advice.Flip;
import quartermaster.advice.Plan;
import quartermaster.advice.Question;
import quartermaster.advice.Stability;
import quartermaster.catalogue.Named;
import quartermaster.decision.Recommendation;
import quartermaster.request.Candidate;
import quartermaster.unit.Choice;

/** What follows from a decision, as fields of its answer. */
final class AdviceFields {
    private static final int USD_DECIMALS = 2;
    private static final int SHARE_DECIMALS = 4;

    private AdviceFields() {}

    static Map<String, @Nullable Object> question(Question question) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("field", question.field());
        fields.put("question", question.text());
        fields.put("because", question.because());
        fields.put("flipsAt", value(question.flipsAt()));
        fields.put("becomes", asked(question.candidate()));
        return fields;
    }

    static Map<String, @Nullable Object> flip(Flip flip) {
        Map<String, @Nullable Object> fields = change(flip);
        fields.put("becomes", candidate(flip.becomes()));
        fields.put("coinFlip", flip.isCoinFlip());
        return fields;
    }

    /** What would make one candidate win; empty where nothing that was tried does. */
    static List<Map<String, @Nullable Object>> chance(Advice.Chance chance) {
        return chance.flips().stream().map(AdviceFields::change).toList();
    }

    private static Map<String, @Nullable Object> change(Flip flip) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("field", flip.field());
        fields.put("from", value(flip.from()));
        fields.put("to", value(flip.to()));
        fields.put("when", FieldWords.condition(flip));
        return fields;
    }

    static @Nullable Map<String, @Nullable Object> plan(@Nullable Plan plan) {
        if (plan == null) {
            return null;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("stages", plan.stages().stream().map(AdviceFields::stage).toList());
        fields.put("breakEvenMonths", Rounded.figures(plan.breakEvenMonths()));
        fields.put("breakEvenUtilization", Rounded.to(SHARE_DECIMALS, plan.breakEvenUtilization()));
        fields.put("breakEvenAgainst", plan.breakEvenAgainst());
        fields.put("costOfChoosingWrongUsd", Rounded.to(USD_DECIMALS, plan.costOfChoosingWrongUsd()));
        return fields;
    }

    private static Map<String, @Nullable Object> stage(Plan.Stage stage) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("do", stage.does());
        fields.put("candidate", candidate(stage.with()));
        fields.put("from", stage.from());
        fields.put("until", stage.until());
        fields.put("trigger", stage.trigger());
        fields.put("monthlyUsd", Rounded.to(USD_DECIMALS, stage.monthlyUsd()));
        return fields;
    }

    static @Nullable Map<String, @Nullable Object> stability(Advice advice) {
        Stability stability = advice.stability();
        if (stability == null) {
            return null;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("draws", stability.draws());
        fields.put("staysFirstPercent", Rounded.figures(stability.staysFirstPercent()));
        fields.put("coinFlip", stability.isCoinFlip());
        fields.put("rivalIsSafer", advice.isRivalSafer());
        fields.put("rival", candidate(stability.rival()));
        fields.put("rivalFirstPercent", Rounded.figures(stability.rivalFirstPercent()));
        fields.put(
                "hangsOn", stability.inputs().stream().map(AdviceFields::input).toList());
        return fields;
    }

    private static Map<String, @Nullable Object> input(Stability.Input input) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("input", input.name());
        fields.put("staysFirstPercent", Rounded.figures(input.staysFirstPercent()));
        return fields;
    }

    private static @Nullable Map<String, @Nullable Object> candidate(@Nullable Recommendation recommendation) {
        if (recommendation == null) {
            return null;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        if (recommendation.assessment().comparesModels()) {
            fields.put("model", recommendation.assessment().model().id());
        }
        fields.putAll(EstimateFields.candidate(recommendation.assessment().assessed()));
        return fields;
    }

    private static @Nullable Map<String, @Nullable Object> asked(@Nullable Candidate candidate) {
        return candidate == null ? null : RequestWriter.said(RequestWriter.candidate(candidate));
    }

    /** As a request says it. */
    private static @Nullable Object value(@Nullable Object value) {
        if (value instanceof Collection<?> many) {
            return many.stream()
                    .map(each -> each instanceof Enum<?> choice ? Choice.id(choice) : String.valueOf(each))
                    .sorted()
                    .toList();
        }
        if (value instanceof Named row) {
            return row.id();
        }
        return value instanceof Enum<?> choice ? Choice.id(choice) : value;
    }
}
