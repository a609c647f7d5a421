package quartermaster.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import quartermaster.advice.BriefBlock;

/** Briefs as Markdown, one after the other. */
public final class BriefPage {
    private final List<String> lines = new ArrayList<>();

    /** @param pages of each workload its parts */
    public static String of(List<List<BriefBlock>> pages) {
        BriefPage page = new BriefPage();
        pages.forEach(page::add);
        return String.join("\n", page.lines) + "\n";
    }

    private void add(List<BriefBlock> blocks) {
        if (!lines.isEmpty()) {
            paragraph("---");
        }
        for (BriefBlock each : blocks) {
            if (each instanceof BriefBlock.Title it) {
                paragraph("# " + escaped(it.text()));
            } else if (each instanceof BriefBlock.Lead it) {
                paragraph("**" + escaped(it.text()) + "**");
            } else if (each instanceof BriefBlock.Lines it) {
                heading(it.title());
                it.items().forEach(item -> lines.add("- " + escaped(item)));
            } else if (each instanceof BriefBlock.Facts it) {
                heading(it.title());
                row("", "");
                lines.add("|---|---|");
                it.rows().forEach(this::row);
            } else if (each instanceof BriefBlock.Figures it) {
                heading(it.title());
                row(it.header().toArray(String[]::new));
                lines.add("|---|--:|--:|--:|---|");
                it.rows().forEach(cells -> row(cells.toArray(String[]::new)));
            } else if (each instanceof BriefBlock.Run it) {
                run(it.title(), it.parts());
            } else if (each instanceof BriefBlock.Signature it) {
                paragraph(it.text());
            }
        }
    }

    private void heading(String title) {
        paragraph("## " + title);
        lines.add("");
    }

    private void paragraph(String text) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        lines.add(text);
    }

    private void run(String title, Map<String, String> parts) {
        paragraph(parts.entrySet().stream()
                .map(each -> escaped(each.getKey() + ": " + each.getValue()))
                .collect(Collectors.joining("; ", "**" + title + ".** ", ".")));
    }

    private void row(String... cells) {
        StringBuilder row = new StringBuilder("|");
        for (String each : cells) {
            row.append(each.isEmpty() ? " |" : " " + escaped(each) + " |");
        }
        lines.add(row.toString());
    }

    /** On one line, and nothing in it means anything to Markdown. */
    private static String escaped(String text) {
        return text.strip().replaceAll("\\s+", " ").replaceAll("([\\\\`*<>\\[\\]|#~])", "\\\\$1");
    }
}
