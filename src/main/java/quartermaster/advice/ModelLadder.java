package quartermaster.advice;

import static java.util.Comparator.naturalOrder;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.Quality;
import quartermaster.decision.Assessment;
import quartermaster.decision.Recommendation;
import quartermaster.decision.engine.Decider;
import quartermaster.estimate.Fit;
import quartermaster.quality.Grades;
import quartermaster.quality.KindOfWork;
import quartermaster.quality.Level;
import quartermaster.request.Acquisition;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.Use;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;

/**
 * Which models one machine runs, and how well: every model of the catalogue, judged as a decision about this machine
 * judges it.
 *
 * @param fastEnough tokens per second that the use needs
 * @param rungs that fit, best first
 * @param misfits that do not, the nearest first
 */
public record ModelLadder(Asked asked, double fastEnough, List<Rung> rungs, List<Misfit> misfits) {
    public ModelLadder {
        rungs = List.copyOf(rungs);
        misfits = List.copyOf(misfits);
    }

    /**
     * What the ladder is for: one user at a time, at work.
     *
     * @param use what for; it says when a model is fast enough, too
     * @param contextTokens window that one request needs at most; null for what the use needs
     * @param engine id, name or alias; null for the one that scores best for each model
     */
    public record Asked(
            String hardware,
            int devices,
            KindOfWork use,
            @Nullable Integer contextTokens,
            @Nullable String engine,
            LocalDate asOf) {}

    /** Why a model stands where it stands. */
    public enum Standing {
        /** Fast enough, at a precision that keeps what the model can. */
        GOOD,
        /** Only with experts in the memory of the host, which has to be large enough. */
        EXPERTS_ON_HOST,
        /** Slower than the catalogue says that the use needs. */
        SLOW,
        /** Only at a precision where losses show. */
        LOW_PRECISION
    }

    /**
     * A model that fits.
     *
     * @param level null where no test tells anything for this use
     * @param toCountOn points of the level that can be counted on; null without one
     * @param longestContext in tokens, that still fits for one request and that the model can
     */
    public record Rung(
            int rank,
            Standing standing,
            Recommendation found,
            @Nullable Level level,
            @Nullable Double toCountOn,
            int longestContext) {
        public Model model() {
            return found.assessment().model();
        }

        private double speed() {
            return found.assessment().decodeSpeed();
        }

        private Rung ranked(int place) {
            return new Rung(place, standing, found, level, toCountOn, longestContext);
        }
    }

    /**
     * A model that does not.
     *
     * @param missingGiB of memory at the precision that needs least; null where something else is in the way
     * @param code of the finding that is in the way
     * @param because the same in a sentence
     */
    public record Misfit(Model model, @Nullable Double missingGiB, String code, String because) {}

    /** The ladder, or null with every problem that the question has. */
    public static Imported<@Nullable ModelLadder> of(Decider decider, Asked asked) {
        Grades grades = Grades.of(decider.catalogue(), asked.use());
        String speed = "fastEnough." + Choice.id(asked.use()); // one row for each use
        double fastEnough = decider.catalogue().number(speed);
        List<Rung> fitting = new ArrayList<>();
        List<Misfit> misfits = new ArrayList<>();
        List<Model> models = decider.catalogue().models().stream()
                .filter(each -> asked.use() != KindOfWork.VISION || each.vision())
                .toList();
        List<String> others = decider.catalogue().list("madeForOtherWork");
        for (Model model : models) {
            DecisionRequest request = request(asked, model);
            if (fitting.isEmpty() && misfits.isEmpty()) { // what is wrong with the question is so for every model
                List<Problem> problems = decider.problems(request);
                if (!problems.isEmpty()) {
                    return Imported.nothing(problems);
                }
            }
            if (others.contains(model.id())) {
                misfits.add(new Misfit(model, null, "made-for-other-work", "It is made for other work."));
                continue;
            }
            List<Recommendation> variants = decider.variants(request);
            Optional<Recommendation> best = variants.stream()
                    .filter(each -> !each.isRuledOut() && each.assessment().fit() != Fit.NO)
                    .min(Comparator.comparing((Recommendation each) -> standing(each, fastEnough))
                            .thenComparing(Decider.bestFirst(variants)));
            best.ifPresentOrElse(
                    found -> fitting.add(rung(found, standing(found, fastEnough), grades)),
                    () -> misfits.add(misfit(model, variants)));
        }
        misfits.sort(Comparator.comparing(Misfit::missingGiB, Comparator.nullsFirst(Comparator.<Double>naturalOrder()))
                .thenComparing(each -> each.model().totalParametersB()));
        double step = decider.catalogue().number("levelStepPoints");
        return new Imported<>(new ModelLadder(asked, fastEnough, ranked(fitting, step, grades), misfits), List.of());
    }

    private static DecisionRequest request(Asked asked, Model model) {
        Workload workload = Workload.of(WorkloadType.INTERNAL_TOOL)
                .with("model", model.id())
                .with("use", Choice.find(Use.class, Choice.id(asked.use())).orElse(null))
                .with("contextTokens", asked.contextTokens())
                .with("concurrency", 1);
        Candidate machine = new Candidate(
                asked.hardware(), asked.devices(), 1, Acquisition.OWNED, null, asked.engine(), null, null, null);
        return new DecisionRequest(
                workload,
                Budget.UNSAID,
                null,
                Constraints.NONE,
                List.of(machine),
                asked.asOf(),
                Explain.SUMMARY,
                DecisionRequest.DEFAULT_LIMIT);
    }

    private static Standing standing(Recommendation found, double fastEnough) {
        Assessment it = found.assessment();
        if (it.quality() != null && it.quality().compareTo(Quality.DEGRADED) >= 0) {
            return Standing.LOW_PRECISION;
        }
        if (it.decodeSpeed() < fastEnough) {
            return Standing.SLOW;
        }
        return it.expertsOnHostGiB() > 0 ? Standing.EXPERTS_ON_HOST : Standing.GOOD;
    }

    private static Rung rung(Recommendation found, Standing standing, Grades grades) {
        Assessment it = found.assessment();
        int fits = it.memory().maxContextTokens();
        Integer can = it.modelMaxContext();
        return new Rung(
                0,
                standing,
                found,
                grades.level(it.model()).orElse(null),
                grades.of(it.model(), null).toCountOn(),
                can == null ? fits : Math.min(fits, can));
    }

    private static Misfit misfit(Model model, List<Recommendation> variants) {
        Comparator<Recommendation> leastFirst = Comparator.comparingDouble(
                each -> each.assessment().memory().required().gib());
        Optional<Recommendation> nearest = variants.stream()
                .filter(each -> each.assessment().fit() != Fit.NO)
                .min(Decider.bestFirst(variants))
                .or(() -> variants.stream().min(leastFirst));
        if (nearest.isEmpty()) {
            return new Misfit(model, null, "no-engine-runs-it", "No engine of the catalogue runs it here.");
        }
        Assessment it = nearest.get().assessment();
        Double missing = it.fit() == Fit.NO
                ? it.memory().required().gib() - it.memory().usable().gib()
                : null;
        String code = nearest.get().findings().isEmpty()
                ? "ruled-out"
                : nearest.get().findings().get(0).code();
        return new Misfit(model, missing, code, nearest.get().why());
    }

    /**
     * By standing; then by the level to count on in steps, because tests tell no finer; within a step those first that
     * fit for certain, and then by speed.
     */
    private static List<Rung> ranked(List<Rung> fitting, double step, Grades grades) {
        List<Rung> ranked = new ArrayList<>();
        for (Standing standing : Standing.values()) {
            List<Rung> rest = new ArrayList<>(
                    fitting.stream().filter(each -> each.standing() == standing).toList());
            List<Rung> known = byLevel(rest, step);
            rest.removeAll(known);
            rest.sort(Comparator.comparing((Rung each) -> like(grades, each), Comparator.nullsFirst(naturalOrder()))
                    .thenComparing(
                            each -> each.model().released(), Comparator.nullsFirst(naturalOrder()))); // the newest last
            List<Rung> all = new ArrayList<>(known);
            rest.forEach(each -> all.add(behindItsLike(known, all, like(grades, each)), each));
            all.forEach(each -> ranked.add(each.ranked(ranked.size() + 1)));
        }
        return ranked;
    }

    private static List<Rung> byLevel(List<Rung> rungs, double step) {
        List<Rung> left = new ArrayList<>(
                rungs.stream().filter(each -> each.level() != null).toList());
        left.sort(Comparator.comparingDouble(ModelLadder::points)
                .thenComparingDouble(Rung::speed)
                .reversed());
        List<Rung> sorted = new ArrayList<>();
        while (!left.isEmpty()) {
            double low = points(left.get(0)) - step;
            List<Rung> ofTheStep = left.stream()
                    .filter(each -> points(each) >= low)
                    .sorted(Comparator.comparing(
                                    (Rung each) -> each.found().assessment().fit())
                            .thenComparing(Comparator.comparingDouble(Rung::speed)
                                    .thenComparing(
                                            each -> each.model().released(), Comparator.nullsFirst(naturalOrder()))
                                    .reversed())) // of twins the newer
                    .toList();
            sorted.addAll(ofTheStep);
            left.removeAll(ofTheStep);
        }
        return sorted;
    }

    private static double points(Rung rung) {
        return rung.toCountOn() == null ? Double.NaN : rung.toCountOn();
    }

    /** The lowest to count on among known models of its size and time; null where there are none. */
    private static @Nullable Double like(Grades grades, Rung unknown) {
        return grades.of(unknown.model(), null).ofItsLike();
    }

    /**
     * Nothing is known of it for this use: it comes behind all known models that are no worse than the least of its like, and
     * never before the first of them.
     */
    private static int behindItsLike(List<Rung> known, List<Rung> all, @Nullable Double level) {
        if (level == null) {
            return all.size();
        }
        int behind = known.isEmpty() ? 0 : all.indexOf(known.get(0)) + 1;
        for (Rung each : known) {
            if (points(each) >= level) {
                behind = all.indexOf(each) + 1;
            }
        }
        return behind;
    }
}
