package quartermaster.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.Advice;
import quartermaster.advice.Headline;
import quartermaster.decision.Assessment;
import quartermaster.decision.Contribution;
import quartermaster.decision.Decision;
import quartermaster.decision.Finding;
import quartermaster.decision.ModelPicks;
import quartermaster.decision.Picks;
import quartermaster.decision.Recommendation;
import quartermaster.launch.Start;
import quartermaster.quality.Grade;
import quartermaster.request.Explain;
import quartermaster.unit.Choice;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.unit.Records;

/** Writes answers as JSON. The same decision is always the same text. */
public final class DecisionWriter {
    private static final int SCORE_DECIMALS = 4;
    private static final int STARTS_SHOWN = 3; // of the rest nobody asks how they are started
    private static final long BYTES_WITHOUT_CANDIDATES = 4_000 + STARTS_SHOWN * 3_000;

    private final Explain explain;
    private final EstimateFields estimates;
    private final @Nullable Advice advice;

    private DecisionWriter(Explain explain, @Nullable Advice advice) {
        this.explain = explain;
        this.advice = advice;
        this.estimates = new EstimateFields(explain == Explain.FULL);
    }

    /** @param advice what follows from the decision; null to leave it out */
    public static String write(Decision decision, @Nullable Advice advice) {
        return JsonText.of(answer(decision, advice, decision.problems()));
    }

    /** An array in which each element is an answer or, where there is none, a problem document. */
    public static String writeBatch(List<Imported<@Nullable Decision>> answers) {
        return JsonText.of(answers.stream().map(each -> element(each, problemsOf(each))));
    }

    /** One element of a batch. */
    public static String writeElement(Imported<@Nullable Decision> answer) {
        return JsonText.of(element(answer, problemsOf(answer)));
    }

    /**
     * The answers to a workbook: a batch in sheet order, in which problems that belong to none of the answers stand with
     * the first.
     *
     * @param problems everything that is wrong with the workbook
     */
    public static String writeWorkbook(List<Imported<@Nullable Decision>> answers, List<Problem> problems) {
        Set<Problem> unsaid = new LinkedHashSet<>(problems);
        answers.forEach(answer -> problemsOf(answer).forEach(unsaid::remove));
        List<Object> elements = new ArrayList<>();
        for (Imported<@Nullable Decision> answer : answers) {
            List<Problem> said = new ArrayList<>(problemsOf(answer));
            said.addAll(unsaid);
            unsaid.clear();
            elements.add(element(answer, said));
        }
        if (!unsaid.isEmpty()) {
            elements.add(ProblemDocument.invalid(List.copyOf(unsaid)));
        }
        return JsonText.of(elements);
    }

    /**
     * How long an answer may become, besides what is repeated from the request: the most that was seen with the models
     * and kinds of work of November 2026, rounded up.
     *
     * @param candidates that are suitable or rejected
     */
    public static long mostBytes(Explain explain, int candidates) {
        long perCandidate = switch (explain) {
            case NONE -> 600;
            case SUMMARY -> 5_500;
            case FULL -> 6_500;
        };
        return BYTES_WITHOUT_CANDIDATES + candidates * perCandidate;
    }

    private static List<Problem> problemsOf(Imported<@Nullable Decision> answer) {
        Decision decision = answer.value();
        return decision == null ? answer.problems() : decision.problems();
    }

    private static Object element(Imported<@Nullable Decision> answer, List<Problem> problems) {
        Decision decision = answer.value();
        return decision == null ? ProblemDocument.invalid(problems) : answer(decision, null, problems);
    }

    private static Map<String, @Nullable Object> answer(
            Decision decision, @Nullable Advice advice, List<Problem> problems) {
        DecisionWriter writer = new DecisionWriter(decision.request().explain(), advice);
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("decisionId", decision.id());
        answer.put("decidedAt", decision.decidedAt());
        answer.put("asOf", decision.request().asOf());
        answer.put("versions", decision.versions());
        answer.put("outcome", decision.hasRecommendation() ? "recommended" : "nothing-suitable");
        answer.put("workload", RequestWriter.workload(decision.request()));
        answer.put("assumptions", decision.assumptions());
        answer.put(
                "questions",
                advice == null
                        ? List.of()
                        : advice.questions().stream()
                                .map(AdviceFields::question)
                                .toList());
        answer.put(
                "recommendations",
                decision.ranked().stream()
                        .map(writer::recommendation)); // as a stream: their maps take far more than the text
        answer.put("rejected", decision.rejected().stream().map(writer::rejected));
        answer.put("picks", picks(advice == null ? decision.picks() : advice.picks()));
        if (advice != null) {
            answer.put("headline", Headline.of(decision, advice));
            answer.put("pickReasons", advice.pickReasons());
        }
        answer.put(
                "flips",
                advice == null
                        ? List.of()
                        : advice.flips().stream().map(AdviceFields::flip).toList());
        answer.put("plan", advice == null ? null : AdviceFields.plan(advice.plan()));
        if (advice != null) {
            answer.put("stability", AdviceFields.stability(advice));
        }
        if (!problems.isEmpty()) {
            answer.put("problems", problems);
        }
        return answer;
    }

    private static Map<String, @Nullable Object> picks(Picks picks) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>(Records.values(picks));
        fields.remove("models");
        ModelPicks models = picks.models();
        if (models != null) {
            fields.put("bestModelOwned", models.bestOwned());
            fields.put("smallestGoodEnough", models.smallestGoodEnough());
            fields.put("bestQuality", models.bestQuality());
        }
        return fields;
    }

    private Map<String, @Nullable Object> recommendation(Recommendation recommendation) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("rank", recommendation.rank());
        putJudgement(fields, recommendation);
        if (explain != Explain.NONE && recommendation.rank() != null && recommendation.rank() <= STARTS_SHOWN) {
            Start.of(recommendation).ifPresent(start -> fields.put("start", StartFields.of(start)));
        }
        return fields;
    }

    private Map<String, @Nullable Object> rejected(Recommendation recommendation) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        putJudgement(fields, recommendation);
        fields.put(
                "firstFinding",
                recommendation.findings().isEmpty()
                        ? null
                        : finding(recommendation.findings().get(0)));
        return fields;
    }

    private void putJudgement(Map<String, @Nullable Object> fields, Recommendation recommendation) {
        Map<String, @Nullable Object> candidate =
                EstimateFields.candidate(recommendation.assessment().assessed());
        Grade grade = recommendation.assessment().grade();
        if (grade != null) {
            candidate.put("model", recommendation.assessment().model().id());
        }
        fields.put("candidate", candidate);
        if (grade != null) {
            fields.put("quality", QualityFields.of(grade));
        }
        fields.put("verdict", Choice.id(recommendation.verdict()));
        fields.put("score", score(recommendation.steps()));
        if (explain != Explain.NONE) {
            fields.put(
                    "steps",
                    recommendation.steps().stream().map(DecisionWriter::step).toList());
            fields.put(
                    "findings",
                    recommendation.findings().stream()
                            .map(DecisionWriter::finding)
                            .toList());
            fields.put(
                    "estimate", estimates.estimate(recommendation.assessment().estimate()));
            Assessment it = recommendation.assessment();
            fields.put("job", estimates.job(it.assessed().job()));
            fields.put("load", estimates.load(it.assessed()));
            fields.put("cost", estimates.cost(it.cost(), it.demand().horizonMonths()));
            chance(recommendation).ifPresent(chance -> fields.put("winsIf", AdviceFields.chance(chance)));
        }
    }

    private Optional<Advice.Chance> chance(Recommendation recommendation) {
        return advice == null
                ? Optional.empty()
                : advice.wins().stream()
                        .filter(each -> each.candidate().equals(recommendation))
                        .findFirst();
    }

    /** The sum of the steps as they are printed, so that a reader's sum is the same. */
    private static BigDecimal score(List<Contribution> steps) {
        return steps.stream().map(DecisionWriter::score).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal score(Contribution step) {
        BigDecimal score = Rounded.to(SCORE_DECIMALS, step.score());
        return score == null ? BigDecimal.ZERO : score;
    }

    private static Map<String, @Nullable Object> step(Contribution step) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("step", step.step().id());
        fields.put("weight", Rounded.to(SCORE_DECIMALS, step.weight()));
        fields.put("points", Rounded.to(SCORE_DECIMALS, step.points()));
        fields.put("score", score(step));
        fields.put("verdict", Choice.id(step.verdict()));
        fields.put("because", step.because());
        fields.put("rule", step.rule());
        fields.put("at", place(step.at()));
        return fields;
    }

    private static Map<String, @Nullable Object> finding(Finding finding) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("severity", Choice.id(finding.severity()));
        fields.put("code", finding.code());
        fields.put("step", finding.step() == null ? null : finding.step().id());
        fields.put("message", finding.message());
        fields.put("remedy", finding.remedy());
        fields.put("at", place(finding.at()));
        return fields;
    }

    private static Map<String, @Nullable Object> place(Place place) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("file", place.file());
        if (place instanceof Place.Cell cell) {
            fields.put("sheet", cell.sheet());
            fields.put("row", cell.row());
        } else if (place instanceof Place.Line line) {
            fields.put("line", line.line());
        }
        return fields;
    }
}
