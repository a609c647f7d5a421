package quartermaster.estimate;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import quartermaster.estimate.training.TrainingSpeeds;

/**
 * What a training run was computed from, so that anyone can redo it.
 *
 * @param runShare of the speed that a run reaches, pauses and short rows counted
 * @param hours of the run, or of a million tokens where nobody said how long it is
 */
record TrainingWorkings(
        Demand demand, int devices, TrainingSpeeds.Speed speed, double runShare, double tokens, double hours) {

    /** The arithmetic, a line for each number. */
    List<String> lines() {
        Demand.Training training = Objects.requireNonNull(demand.training());
        return Stream.of(
                        line(
                                "each token: %.2f × %.2f billion parameters + %.2f GFLOP of attention over %,.0f tokens = %.1f GFLOP",
                                speed.flopPerParameter(),
                                demand.model().activeParametersB(),
                                speed.attentionFlop() / 1e9,
                                training.rowTokens(),
                                speed.flopPerToken() / 1e9),
                        line(
                                "utilization: %.3f of the peak; %.2f is usual for the chip and the method, × %.2f as measured runs correct it",
                                speed.utilization(), speed.expected(), speed.utilization() / speed.expected()),
                        line(
                                "speed: %s%,.0f TFLOPS × %.3f ÷ %.1f GFLOP = %,.0f tok/s on full rows",
                                devices == 1 ? "" : line("%d devices, together %.2f × ", devices, speed.scaling()),
                                speed.tflops(),
                                speed.utilization(),
                                speed.flopPerToken() / 1e9,
                                speed.tokensPerSecond()),
                        line("a run reaches %.2f of it: %,.0f tok/s", runShare, runShare * speed.tokensPerSecond()),
                        hours(training))
                .toList();
    }

    private String hours(Demand.Training training) {
        Demand.Run run = training.run();
        String of = run == null
                ? "a million tokens"
                : line(
                        "%,.0f examples × %,.0f tokens × %s epochs = %,.2f million tokens",
                        run.examples(),
                        run.tokensPerExample(),
                        run.epochs() == Math.rint(run.epochs())
                                ? line("%.0f", run.epochs())
                                : line("%.2f", run.epochs()),
                        tokens / 1e6);
        return line("hours: %s ÷ %,.0f tok/s = %.2f h", of, runShare * speed.tokensPerSecond(), hours);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
