package quartermaster.cli.report;

import java.util.List;
import quartermaster.advice.Advice;
import quartermaster.advice.AdviceLine;
import quartermaster.advice.AdviceLine.Part;
import quartermaster.cli.report.Console.Style;

/** What follows from a decision, as a terminal shows it. The best pick and who else might win stand above. */
public record AdviceReport(Console console) {
    private static final int MOST_LINES = 6;

    public void print(Advice advice) {
        List<AdviceLine> lines = AdviceLine.together(AdviceLine.of(advice));
        for (Part part : Part.values()) {
            List<AdviceLine> some = lines.stream()
                    .filter(each -> each.part() == part
                            && part != Part.CHANCE
                            && !each.what().equals("Best"))
                    .limit(MOST_LINES)
                    .toList();
            if (!some.isEmpty()) {
                console.print("");
                console.print(console.styled(Style.BOLD, part.title()));
                some.forEach(this::print);
            }
        }
    }

    private void print(AdviceLine line) {
        String cost = line.part() == Part.PLAN && line.monthlyUsd() != null
                ? " " + Words.usd(line.monthlyUsd()) + " a month"
                        + (line.monthContains() == null ? "" : " (" + line.monthContains() + ")") + "."
                : "";
        List<String> wrapped = Words.wrap(line.inWords() + cost, console.width() - 2);
        for (int i = 0; i < wrapped.size(); i++) {
            console.print((i == 0 ? "- " : "  ") + wrapped.get(i));
        }
    }
}
