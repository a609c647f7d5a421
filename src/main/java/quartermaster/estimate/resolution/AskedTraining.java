package quartermaster.estimate.resolution;

import org.jspecify.annotations.Nullable;
import quartermaster.estimate.Demand;
import quartermaster.request.FineTuning;
import quartermaster.request.FineTuningMethod;
import quartermaster.request.Workload;
import quartermaster.unit.Choice;

/** What is to be trained, and for how long: what a request says, filled from the sheet {@code Defaults}. */
final class AskedTraining {
    private AskedTraining() {}

    static Demand.@Nullable Training of(Workload workload, Defaults defaults) {
        FineTuning said = workload.fineTuning();
        if (!workload.trains()) {
            return null;
        }
        FineTuning run = said == null ? FineTuning.UNSAID : said;
        FineTuningMethod method = run.method() != null
                ? run.method()
                : Choice.find(
                                FineTuningMethod.class,
                                defaults.text(null, "workload.fineTuning.method", "fineTuningMethod"))
                        .orElse(FineTuningMethod.QLORA);
        return new Demand.Training(
                method,
                defaults.integer(run.batch(), "workload.fineTuning.batch", "fineTuningBatch"),
                defaults.integer(
                        run.sequenceTokens(), "workload.fineTuning.sequenceTokens", "fineTuningSequenceTokens"),
                (int) defaults.constant("loraRank"),
                run(run, defaults));
    }

    private static Demand.@Nullable Run run(FineTuning said, Defaults defaults) {
        Integer examples = said.examples();
        if (examples != null) {
            return new Demand.Run(
                    examples,
                    defaults.integer(said.tokensPerExample(), "workload.fineTuning.tokensPerExample"),
                    defaults.number(said.epochs(), "workload.fineTuning.epochs"),
                    said.deadlineHours(),
                    said.timesPerMonth() == null ? 1 : said.timesPerMonth());
        }
        defaults.assume(
                "workload.fineTuning.examples",
                "unknown",
                "not said: hours and cost are those of a million tokens, and a month costs what utilization makes it"
                        + (said.deadlineHours() == null ? "" : "; a deadline cannot be compared"));
        return null;
    }

    static FineTuning filled(@Nullable FineTuning said, Demand.Training training) {
        FineTuning run = said == null ? FineTuning.UNSAID : said;
        Demand.Run length = training.run();
        return new FineTuning(
                training.method(),
                training.batch(),
                training.sequenceTokens(),
                run.examples(),
                length == null ? run.tokensPerExample() : Integer.valueOf((int) length.tokensPerExample()),
                length == null ? run.epochs() : Double.valueOf(length.epochs()),
                length == null ? run.timesPerMonth() : Double.valueOf(length.timesPerMonth()),
                run.deadlineHours());
    }
}
