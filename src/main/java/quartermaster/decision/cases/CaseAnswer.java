package quartermaster.decision.cases;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.Condition;
import quartermaster.decision.Decision;
import quartermaster.decision.Finding;
import quartermaster.decision.Recommendation;
import quartermaster.decision.Verdict;
import quartermaster.estimate.Deployment;
import quartermaster.estimate.Fit;
import quartermaster.unit.Choice;
import quartermaster.unit.Numbers;

/** A decision as cases look at it. */
final class CaseAnswer {
    private static final int SHOWN_AT_MOST = 4;
    private static final String NO_SUCH_CANDIDATE = "no such candidate was judged";

    private final List<Recommendation> suitable; // best first
    private final List<Recommendation> all; // the ruled-out ones behind them

    CaseAnswer(Decision decision) {
        suitable = decision.ranked();
        all = Stream.concat(decision.ranked().stream(), decision.rejected().stream())
                .toList();
    }

    boolean firstIs(Expectation expected) {
        return !suitable.isEmpty() && isMeant(expected, suitable.get(0));
    }

    boolean firstModelIs(Expectation expected) {
        return !suitable.isEmpty()
                && Arrays.stream(expected.text().split("[;\n]"))
                        .anyMatch(each -> covers(
                                each.strip(),
                                suitable.get(0).assessment().model().id()));
    }

    /** Whether an id is meant by a pattern, e.g. {@code gemma-4-*}. */
    private static boolean covers(String pattern, String id) {
        return pattern.endsWith("*") ? id.startsWith(pattern.substring(0, pattern.length() - 1)) : id.equals(pattern);
    }

    boolean recommends(Expectation expected) {
        return suitable.stream().anyMatch(each -> isMeant(expected, each));
    }

    boolean ranksAbove(Expectation expected) {
        int better = placeOf(expected.candidates().get(0));
        int worse = placeOf(expected.candidates().get(1));
        return better < worse;
    }

    boolean finds(Expectation expected) {
        return meant(expected).stream().anyMatch(each -> has(each, expected.code()));
    }

    boolean doesNotFind(Expectation expected) {
        return !meant(expected).isEmpty() && !finds(expected);
    }

    boolean fits(Expectation expected) {
        return meant(expected).stream().anyMatch(each -> fitOf(each) != Fit.NO);
    }

    boolean doesNotFit(Expectation expected) {
        return !meant(expected).isEmpty() && !fits(expected);
    }

    boolean isTight(Expectation expected) {
        return meant(expected).stream().anyMatch(each -> fitOf(each) == Fit.TIGHT);
    }

    /** Every candidate that is meant has such a number; the best one where none is named. */
    boolean isWithin(Expectation expected, Function<Assessment, @Nullable Double> number) {
        List<Recommendation> meant = meantOrBest(expected);
        Condition within = expected.within();
        return within != null
                && !meant.isEmpty()
                && meant.stream().allMatch(each -> within.holds(number.apply(each.assessment())));
    }

    /** Each of the first has a better number than each of the second. */
    boolean isBetter(Expectation expected, Function<Assessment, @Nullable Double> number, boolean moreIsBetter) {
        List<Double> better = numbers(expected.candidates().get(0), number);
        List<Double> worse = numbers(expected.candidates().get(1), number);
        return !better.isEmpty()
                && !worse.isEmpty()
                && better.stream()
                        .allMatch(one -> worse.stream().allMatch(other -> moreIsBetter ? one > other : one < other));
    }

    private List<Double> numbers(CandidatePattern pattern, Function<Assessment, @Nullable Double> number) {
        return all.stream()
                .map(Recommendation::assessment)
                .filter(pattern::matches)
                .map(each -> {
                    Double found = number.apply(each);
                    return found == null ? Double.NaN : found;
                })
                .toList();
    }

    boolean hasOutcome(Expectation expected) {
        return !suitable.isEmpty() == expected.text().equals(Choice.id(Verdict.RECOMMENDED));
    }

    /** Who leads, and where those stand that are meant. */
    String placesOf(Expectation expected) {
        String best = suitable.isEmpty()
                ? "nothing suitable"
                : shown(suitable.stream().limit(SHOWN_AT_MOST));
        List<Recommendation> meant = expected.candidates().isEmpty() ? List.of() : meant(expected);
        if (expected.candidates().isEmpty()) {
            return best;
        }
        return best + "\n           " + expected.candidates() + ": "
                + (meant.isEmpty() ? NO_SUCH_CANDIDATE : shown(meant.stream().limit(SHOWN_AT_MOST)));
    }

    String findingsOf(Expectation expected) {
        List<Recommendation> meant = meant(expected);
        return meant.isEmpty()
                ? NO_SUCH_CANDIDATE
                : meant.stream()
                        .limit(SHOWN_AT_MOST)
                        .map(each -> name(each)
                                + each.findings().stream()
                                        .map(Finding::code)
                                        .collect(Collectors.joining(", ", ": ", "")))
                        .collect(Collectors.joining("\n           "));
    }

    String numbersOf(Expectation expected, Function<Assessment, @Nullable Double> number) {
        List<Recommendation> meant = meantOrBest(expected);
        return meant.isEmpty()
                ? NO_SUCH_CANDIDATE
                : meant.stream()
                        .map(each -> name(each) + ": " + shown(number.apply(each.assessment())))
                        .collect(Collectors.joining("; "));
    }

    private List<Recommendation> meant(Expectation expected) {
        return all.stream()
                .filter(each -> expected.candidates().isEmpty() || isMeant(expected, each))
                .toList();
    }

    private List<Recommendation> meantOrBest(Expectation expected) {
        return expected.candidates().isEmpty() ? suitable.stream().limit(1).toList() : meant(expected);
    }

    private static boolean isMeant(Expectation expected, Recommendation each) {
        return expected.candidates().stream().anyMatch(pattern -> pattern.matches(each.assessment()));
    }

    private int placeOf(CandidatePattern pattern) {
        for (int i = 0; i < suitable.size(); i++) {
            if (pattern.matches(suitable.get(i).assessment())) {
                return i;
            }
        }
        return suitable.size();
    }

    private static boolean has(Recommendation each, @Nullable String code) {
        return each.findings().stream().anyMatch(finding -> finding.code().equals(code));
    }

    private static Fit fitOf(Recommendation each) {
        return each.assessment().fit();
    }

    private static String shown(Stream<Recommendation> several) {
        return several.map(CaseAnswer::placed).collect(Collectors.joining("; "));
    }

    private static String placed(Recommendation each) {
        if (each.rank() == null) {
            return name(each) + " is ruled out: " + each.why();
        }
        String score = String.format(Locale.ROOT, "%.1f", each.score());
        return each.rank() + ". " + name(each) + " (" + score + ", fit " + Choice.id(fitOf(each)) + ")";
    }

    private static String name(Recommendation each) {
        Deployment it = each.assessment().deployment();
        String model =
                each.assessment().comparesModels() ? each.assessment().model().id() + " on " : "";
        return model + it.hardware().id() + " x " + it.devices() + " replicas "
                + each.assessment().replicas() + " " + Choice.id(it.acquisition()) + " "
                + it.engine().id() + " " + it.quantization().id();
    }

    private static String shown(@Nullable Double number) {
        return number == null ? "not known" : Numbers.plain(Math.round(number * 100) / 100.0);
    }
}
