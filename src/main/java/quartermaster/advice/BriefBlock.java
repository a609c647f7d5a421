package quartermaster.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Numbers;
import quartermaster.unit.Problem;

/** A brief in the parts that a page has, in their order: whoever lays one out makes no sentence. */
public sealed interface BriefBlock {
    String UNKNOWN = "–";

    record Title(String text) implements BriefBlock {}

    /** What is read first. */
    record Lead(String text) implements BriefBlock {}

    /** Lines below a heading. */
    record Lines(String title, List<String> items) implements BriefBlock {}

    /** Names and what stands behind them, below a heading. */
    record Facts(String title, Map<String, String> rows) implements BriefBlock {}

    /** Figures below a heading; the first and the last column are words. */
    record Figures(String title, List<String> header, List<List<String>> rows) implements BriefBlock {}

    /** Names and what stands behind them, one after the other. */
    record Run(String title, Map<String, String> parts) implements BriefBlock {}

    /** Where somebody signs. */
    record Signature(String text) implements BriefBlock {}

    /** Everything that a brief says; parts of which there is nothing to say are left out. */
    static List<BriefBlock> of(String workload, Brief brief) {
        List<BriefBlock> blocks = new ArrayList<>(List.of(new Title(workload), new Lead(brief.headline())));
        add("Before you sign", brief.before(), blocks);
        if (!brief.needs().isEmpty()) {
            blocks.add(new Figures(
                    brief.isSuitable() ? "Need" : "Need, against what comes nearest",
                    List.of("", "Asked for", "Typically", "Pessimistically", "Met"),
                    brief.needs().stream().map(BriefBlock::need).toList()));
        }
        if (!brief.money().isEmpty()) {
            blocks.add(new Facts(
                    brief.isSuitable() ? "Money and delivery" : "Money and delivery of what comes nearest",
                    brief.money()));
        }
        add(AdviceLine.Part.SURE.title(), brief.sure(), blocks);
        add("Runner-up and cheaper", brief.others(), blocks);
        add(AdviceLine.Part.QUESTION.title(), brief.questions(), blocks);
        add("Assumed, and would change it", brief.assumptions(), blocks);
        add(AdviceLine.Part.CHANGE.title(), brief.changes(), blocks);
        if (!brief.prices().isEmpty()) {
            blocks.add(new Run("Prices", brief.prices()));
        }
        blocks.add(new Run("Made with", brief.madeWith()));
        blocks.add(
                new Signature(
                        brief.isSuitable()
                                ? "Decided by: ______________________________   Date: ______________"
                                : "[  ] Change the request   [  ] Do without   Decided by: ____________________   Date: ___________"));
        return List.copyOf(blocks);
    }

    /** A workload that nobody could understand is missing from no page. */
    static List<BriefBlock> notJudged(String workload, List<Problem> problems) {
        List<BriefBlock> blocks = new ArrayList<>(List.of(new Title(workload), new Lead("Not judged.")));
        add("Problems", problems.stream().map(Problem::toString).toList(), blocks);
        return List.copyOf(blocks);
    }

    private static void add(String title, List<String> items, List<BriefBlock> to) {
        if (!items.isEmpty()) {
            to.add(new Lines(title, items));
        }
    }

    private static List<String> need(Brief.Need each) {
        Double asked = each.asked();
        return List.of(
                each.what(),
                asked == null ? UNKNOWN : (each.atLeast() ? "at least " : "at most ") + figure(each.unit(), asked),
                figure(each.unit(), each.typical()),
                figure(each.unit(), each.pessimistic()),
                each.met());
    }

    /** With the digits of the terminal's ranking. */
    private static String figure(Brief.Unit unit, @Nullable Double value) {
        if (value == null || value.isNaN()) {
            return UNKNOWN;
        }
        return switch (unit) {
            case TOKENS_PER_SECOND -> Numbers.threeFigures(value) + " tok/s";
            case SECONDS -> value >= 3600 ? "> 1 h" : Numbers.threeFigures(value) + " s";
            case HOURS -> Numbers.threeFigures(value) + " hours";
            case GIB -> Numbers.threeFigures(value) + " GiB";
            case USD -> String.format(Locale.ROOT, "$%,.0f", value);
        };
    }
}
