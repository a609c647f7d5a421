package quartermaster.advice;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import quartermaster.catalogue.HostedApi;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.Recommendation;
import quartermaster.decision.engine.Decider;

/**
 * The same model served by somebody else, by the token.
 *
 * @param millionTokens a month, read and written
 * @param monthlyUsd for them
 * @param upToUsd the bill from which the winner is the better choice, a month
 */
record Hosting(HostedApi api, String model, double millionTokens, double monthlyUsd, double upToUsd) {
    private static final double DAYS_PER_MONTH = 30.4;
    private static final double SECONDS_PER_DAY = 86_400;

    /** Empty where data must stay, where something owned suffices, or where it costs more than the winner. */
    static Optional<Hosting> of(Decider decider, Decision decision, Recommendation best) {
        Assessment it = best.assessment();
        Double monthly = it.monthlyUsd();
        if (it.isOffline()
                || it.dataMustStay()
                || decision.picks().owned() != null
                || it.isTraining()
                || monthly == null) {
            return Optional.empty();
        }
        double most = Math.min(monthly, decider.catalogue().number("hostedApiUpToUsdPerMonth"));
        double output = outputTokensPerMonth(decision, it);
        double input = output * it.inputTokens() / it.demand().outputTokens();
        return decider.catalogue().hostedApis().stream()
                .filter(api -> api.model().equals(it.model().id()))
                .min(Comparator.comparingDouble(api -> api.monthlyUsd(input, output)))
                .filter(api -> api.monthlyUsd(input, output) < most)
                .map(api -> new Hosting(
                        api, it.model().name(), (input + output) / 1e6, api.monthlyUsd(input, output), most));
    }

    private static double outputTokensPerMonth(Decision decision, Assessment it) {
        Integer perDay = decision.asked().workload().requestsPerDay();
        return perDay != null
                ? perDay * DAYS_PER_MONTH * it.demand().outputTokens()
                : it.estimate().throughput().typical()
                        * it.replicas()
                        * it.demand().utilization()
                        * DAYS_PER_MONTH
                        * SECONDS_PER_DAY;
    }

    /** E.g. "DeepInfra serves Llama-3.3-70B-Instruct for $58 a month (337 million tokens)". */
    String inWords() {
        return String.format(
                Locale.ROOT,
                "%s serves %s for $%,.0f a month (%,.0f million tokens)",
                api.provider(),
                model,
                monthlyUsd,
                millionTokens);
    }

    /** E.g. "$0.13 in and $0.38 out per million tokens, seen 2026-11". */
    String price() {
        return String.format(
                Locale.ROOT,
                "$%.2f in and $%.2f out per million tokens, seen %s",
                api.inputUsd(),
                api.outputUsd(),
                api.asOf());
    }
}
