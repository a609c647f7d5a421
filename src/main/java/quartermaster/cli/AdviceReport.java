package quartermaster.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import quartermaster.advice.Advice;
import quartermaster.advice.AdviceLine;
import quartermaster.advice.AdviceLine.Part;
import quartermaster.cli.Console.Style;

/** What follows from a decision, as a terminal shows it. The best pick and who else might win stand above. */
record AdviceReport(Console console) {
    private static final int MOST_LINES = 6;

    void print(Advice advice) {
        List<AdviceLine> lines = together(AdviceLine.of(advice));
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

    /** Changes after which the same happens, the same coin flip above all, are one line. */
    private static List<AdviceLine> together(List<AdviceLine> lines) {
        Map<String, AdviceLine> byText = new LinkedHashMap<>();
        for (AdviceLine each : lines) {
            String key = each.part() == Part.CHANGE ? each.says() : each.part() + each.what() + each.says();
            byText.merge(key, each, AdviceReport::together);
        }
        return List.copyOf(byText.values());
    }

    private static AdviceLine together(AdviceLine one, AdviceLine other) {
        String what = one.what() + "; or "
                + Character.toLowerCase(other.what().charAt(0))
                + other.what().substring(1);
        return new AdviceLine(one.part(), what, one.says(), null, null, null, null, null);
    }

    private void print(AdviceLine line) {
        String cost = line.part() == Part.PLAN && line.monthlyUsd() != null
                ? " " + Words.usd(line.monthlyUsd()) + " a month"
                        + (line.monthContains() == null ? "" : " (" + line.monthContains() + ")") + "."
                : "";
        List<String> wrapped = Words.wrap(text(line) + cost, Console.WIDTH - 2);
        for (int i = 0; i < wrapped.size(); i++) {
            console.print((i == 0 ? "- " : "  ") + wrapped.get(i));
        }
    }

    private static String text(AdviceLine line) {
        boolean sentence = line.part() == Part.QUESTION
                || line.part() == Part.SURE
                || line.what().startsWith("Buying ")
                || line.what().equals("Choosing wrong");
        return line.what() + (sentence ? " " : ": ") + line.says();
    }
}
