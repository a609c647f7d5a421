package quartermaster.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.AdviceLine.Part;
import quartermaster.advice.Brief;
import quartermaster.unit.Problem;

/** Briefs as Markdown: a page for each workload, and what could not be judged. */
public final class BriefPage {
    private final List<String> lines = new ArrayList<>();

    /** A page after those that are there. */
    public void add(String workload, Brief brief) {
        begin(workload);
        paragraph("**" + escaped(brief.headline()) + "**");
        list("Before you sign", brief.before());
        needs(brief.needs());
        table("Money and delivery", brief.money());
        list(Part.SURE.title(), brief.sure());
        list("Runner-up and cheaper", brief.others());
        list(Part.QUESTION.title(), brief.questions());
        list("Assumed, and would change it", brief.assumptions());
        list(Part.CHANGE.title(), brief.changes());
        run("Prices", brief.prices());
        run("Made with", brief.madeWith());
        if (brief.isSuitable()) {
            paragraph("Decided by: ______________________________   Date: ______________");
        }
    }

    /** A workload that nobody could understand is missing from no page. */
    public void addNotJudged(String workload, List<Problem> problems) {
        begin(workload);
        paragraph("**Not judged.**");
        list("Problems", problems.stream().map(Problem::toString).toList());
    }

    public String text() {
        return String.join("\n", lines) + "\n";
    }

    private void begin(String workload) {
        if (!lines.isEmpty()) {
            paragraph("---");
        }
        paragraph("# " + escaped(workload));
    }

    private void paragraph(String text) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.add(text);
    }

    private void list(String title, List<String> items) {
        if (!items.isEmpty()) {
            paragraph("## " + title);
            lines.add("");
            items.forEach(each -> lines.add("- " + escaped(each)));
        }
    }

    private void table(String title, Map<String, String> rows) {
        if (!rows.isEmpty()) {
            paragraph("## " + title);
            lines.add("");
            row("", "");
            lines.add("|---|---|");
            rows.forEach(this::row);
        }
    }

    private void run(String title, Map<String, String> parts) {
        if (!parts.isEmpty()) {
            paragraph(parts.entrySet().stream()
                    .map(each -> escaped(each.getKey() + ": " + each.getValue()))
                    .collect(Collectors.joining("; ", "**" + title + ".** ", ".")));
        }
    }

    private void needs(List<Brief.Need> needs) {
        if (needs.isEmpty()) {
            return;
        }
        paragraph("## Need");
        lines.add("");
        row("", "Asked for", "Typically", "Pessimistically", "Met");
        lines.add("|---|--:|--:|--:|---|");
        for (Brief.Need each : needs) {
            Double asked = each.asked();
            row(
                    each.what(),
                    asked == null
                            ? Words.UNKNOWN
                            : (each.atLeast() ? "at least " : "at most ") + figure(each.unit(), asked),
                    figure(each.unit(), each.typical()),
                    figure(each.unit(), each.pessimistic()),
                    each.met());
        }
    }

    private void row(String... cells) {
        StringBuilder row = new StringBuilder("|");
        for (String each : cells) {
            row.append(each.isEmpty() ? " |" : " " + escaped(each) + " |");
        }
        lines.add(row.toString());
    }

    /** With the digits of the terminal's ranking. */
    private static String figure(Brief.Unit unit, @Nullable Double value) {
        if (value == null) {
            return Words.UNKNOWN;
        }
        return switch (unit) {
            case TOKENS_PER_SECOND -> Words.number(value) + " tok/s";
            case SECONDS -> Words.seconds(value);
            case HOURS -> Words.number(value) + " hours";
            case GIB -> Words.number(value) + " GiB";
            case USD -> "$" + Words.whole(value);
        };
    }

    /** On one line, and nothing in it means anything to Markdown. */
    private static String escaped(String text) {
        return text.strip().replaceAll("\\s+", " ").replaceAll("([\\\\`*<>\\[\\]|#~])", "\\\\$1");
    }
}
