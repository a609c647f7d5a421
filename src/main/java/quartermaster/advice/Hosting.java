package quartermaster.advice;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import quartermaster.catalogue.HostedApi;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.Recommendation;
import quartermaster.estimate.Cost;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;

/**
 * The same model served by somebody else, by the token, for less than what is recommended.
 *
 * @param judged as a candidate would be
 * @param millionTokens a month, read and written
 * @param monthlyUsd for them
 * @param upToUsd what the winner costs a month: with a larger bill it is the better choice
 */
record Hosting(
        Recommendation judged, HostedApi api, String model, double millionTokens, double monthlyUsd, double upToUsd) {
    private static final Candidate ANYBODY = Candidate.of(HostedApi.KIND).with("acquisition", Acquisition.API);

    /** Empty where rules forbid it, where something owned suffices, or where it costs no less than the winner. */
    static Optional<Hosting> of(ChangedRequests trials, Decision decision, Recommendation best) {
        Double winner = best.assessment().monthlyUsd();
        if (decision.picks().owned() != null
                || winner == null
                || best.assessment().isHosted()
                || best.assessment().isTraining()) {
            return Optional.empty();
        }
        return trials.cheapest(ANYBODY, ChangedRequests.model(best.assessment()))
                .flatMap(each -> {
                    Double monthly = each.assessment().monthlyUsd();
                    return monthly == null || monthly >= winner
                            ? Optional.empty()
                            : Optional.of(of(each, monthly, winner));
                });
    }

    private static Hosting of(Recommendation judged, double monthlyUsd, double winnersUsd) {
        Assessment hosted = judged.assessment();
        Cost.Use use = Objects.requireNonNull(hosted.cost().use());
        return new Hosting(
                judged,
                Objects.requireNonNull(hosted.deployment().api()),
                hosted.model().name(),
                (use.inputTokens() + use.outputTokens()) / 1e6,
                monthlyUsd,
                winnersUsd);
    }

    /** E.g. "DeepInfra serves Llama-3.3-70B-Instruct for $58 a month (337 million tokens)". */
    String inWords() {
        return String.format(
                Locale.ROOT,
                "%s serves %s for %s a month (%,.0f million tokens)",
                api.provider(),
                model,
                monthlyUsd < 1 ? "less than $1" : String.format(Locale.ROOT, "$%,.0f", monthlyUsd),
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
