package quartermaster.decision.cases;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.Column;
import quartermaster.decision.Condition;
import quartermaster.unit.Ids;

/** The closed list of what a case may demand: a column of the sheet each. To add one, add a line here. */
public enum CaseColumn {
    FIRST_IS("First is", Shape.CANDIDATES, CaseAnswer::firstIs, "the best candidate is one of these"),
    NOT_FIRST("Not first", Shape.CANDIDATES, (it, e) -> !it.firstIs(e), "the best candidate is none of these"),
    RECOMMENDS("Recommends", Shape.CANDIDATES, CaseAnswer::recommends, "one like this is not ruled out"),
    RULES_OUT("Rules out", Shape.CANDIDATES, (it, e) -> !it.recommends(e), "all like this are ruled out or absent"),
    RANKS_ABOVE("Ranks above", Shape.ORDER, CaseAnswer::ranksAbove, "a > b: a is suitable, and b comes after it"),
    DECODES_FASTER(
            "Decodes faster", Assessment::decodeSpeed, Order.MORE_IS_BETTER, "a > b: tokens per second, typical"),
    PREFILLS_FASTER(
            "Prefills faster",
            it -> it.estimate().prefillSpeed().typical(),
            Order.MORE_IS_BETTER,
            "a > b: prompt tokens per second"),
    CHEAPER_PER_TOKEN(
            "Cheaper per token",
            it -> it.cost().usdPerMillionOutputTokens(),
            Order.LESS_IS_BETTER,
            "a > b: a costs less than b per output token"),
    FINDS("Finds", Shape.FINDING, CaseAnswer::finds, "code @ hardware; a code alone: any candidate"),
    DOES_NOT_FIND("Does not find", Shape.FINDING, CaseAnswer::doesNotFind, "code @ hardware; a code alone: nowhere"),
    FITS("Fits", Shape.CANDIDATES, CaseAnswer::fits, "fits in usable memory, if tightly"),
    DOES_NOT_FIT("Does not fit", Shape.CANDIDATES, CaseAnswer::doesNotFit, "does not fit in usable memory"),
    TIGHT("Tight", Shape.CANDIDATES, CaseAnswer::isTight, "fits only if memory turns out as expected"),
    DECODE("Decode between", Assessment::decodeSpeed, "hardware: 12..18, tokens per second that one user sees"),
    TIME_TO_FIRST_TOKEN("TTFT between", Assessment::timeToFirstToken, "hardware: 0.5..2, seconds, typical"),
    THROUGHPUT(
            "Throughput between",
            it -> it.estimate().throughput().typical(),
            "hardware: 600..1100, output tokens per second of one replica"),
    HOURS("Hours per run between", Assessment::jobHours, "hardware: 1..2, hours of one run, typically"),
    CAPACITY(
            "Capacity between",
            it -> (double) it.maxConcurrency(),
            "hardware: 40..80, requests in flight that one replica carries"),
    REPLICAS("Replicas at least", it -> (double) it.replicas(), "hardware: 2; a number alone: of the best candidate"),
    PER_MILLION_TOKENS(
            "Per million tokens between",
            it -> it.cost().usdPerMillionOutputTokens(),
            "hardware: 10..50, dollars for output tokens"),
    BREAK_EVEN(
            "Break-even months between",
            it -> it.cost().breakEvenMonths(),
            "hardware: 8..28, months until buying is cheaper than renting around the clock"),
    USABLE_MEMORY(
            "Usable GiB between", it -> it.memory().usable().gib(), "hardware: 45..52, of all devices of a replica"),
    FIRST_MODEL_IS(
            "First model is",
            Shape.MODELS,
            CaseAnswer::firstModelIs,
            "where models are compared: that of the best candidate is one of these"),
    QUALITY(
            "Quality at least",
            Assessment::level,
            "60: the level of the best candidate's model for the use; not known is not enough"),
    OUTCOME("Outcome", Shape.OUTCOME, CaseAnswer::hasOutcome, "recommended or nothing-suitable");

    /** How an entry of the column is written. */
    public enum Shape {
        CANDIDATES,
        ORDER,
        FINDING,
        NUMBER,
        OUTCOME,
        MODELS
    }

    private enum Order {
        MORE_IS_BETTER,
        LESS_IS_BETTER
    }

    private final String header;
    private final Shape shape;
    private final String note;
    private final BiPredicate<CaseAnswer, Expectation> holds;
    private final BiFunction<CaseAnswer, Expectation, String> found;

    CaseColumn(String header, Shape shape, BiPredicate<CaseAnswer, Expectation> holds, String note) {
        this.header = header;
        this.shape = shape;
        this.note = note;
        this.holds = holds;
        this.found = shape == Shape.FINDING ? CaseAnswer::findingsOf : CaseAnswer::placesOf;
    }

    CaseColumn(String header, Function<Assessment, @Nullable Double> number, String note) {
        this.header = header;
        this.shape = Shape.NUMBER;
        this.note = note;
        this.holds = (answer, expected) -> answer.isWithin(expected, number);
        this.found = (answer, expected) -> answer.numbersOf(expected, number);
    }

    CaseColumn(String header, Function<Assessment, @Nullable Double> number, Order order, String note) {
        this.header = header;
        this.shape = Shape.ORDER;
        this.note = note;
        this.holds = (answer, expected) -> answer.isBetter(expected, number, order == Order.MORE_IS_BETTER);
        this.found = (answer, expected) -> answer.numbersOf(expected, number);
    }

    public String header() {
        return header;
    }

    public Shape shape() {
        return shape;
    }

    /** Whether it is about the order of suitable candidates: a matter of weights and points, not of physics. */
    public boolean saysWhoWins() {
        return this == FIRST_IS
                || this == NOT_FIRST
                || this == RANKS_ABOVE
                || this == FIRST_MODEL_IS
                || this == QUALITY;
    }

    /** A number alone is the least that is wanted. */
    public boolean isAtLeast() {
        return this == REPLICAS || this == QUALITY;
    }

    /** What an entry means, for the sheet and for messages. */
    public String note() {
        return note;
    }

    /** The column as conditions know it, so that ranges are read alike everywhere. */
    public Column numbers() {
        return new Column(header, Column.Kind.NUMBER, Condition.Within.ANYTHING, true, List.of(), note, any -> null);
    }

    public static Optional<CaseColumn> find(String header) {
        String wanted = Ids.normalise(header);
        return Arrays.stream(values())
                .filter(each -> Ids.normalise(each.header).equals(wanted))
                .findFirst();
    }

    boolean holds(CaseAnswer answer, Expectation expected) {
        return holds.test(answer, expected);
    }

    String found(CaseAnswer answer, Expectation expected) {
        return found.apply(answer, expected);
    }
}
