package quartermaster.cli.report;

import java.util.ArrayList;
import java.util.List;
import quartermaster.cli.report.Console.Style;
import quartermaster.launch.Start;
import quartermaster.unit.ShellWords;

/** What starts a deployment as a terminal shows it: a shell can be given the lines as they stand. */
public record StartReport(Console console, int indent) {
    private static final String REMARK = "# ";

    public void print(Start start, String engine) {
        start.pieces().forEach(each -> piece(each).forEach(console::print));
        String manifest = start.manifest();
        if (manifest != null) {
            console.print("");
            paragraph("or, in a cluster, kubectl apply -f - with");
            manifest.lines().forEach(line -> console.print(" ".repeat(2 * indent) + line));
        }
        paragraph("for " + engine + " " + start.engineVersion() + ", " + start.checked());
    }

    /** What writes a file stays as it is, since what stands before its last line would keep a shell from seeing it. */
    private List<String> piece(String text) {
        return text.contains("\n") ? text.lines().toList() : command(text, console.width(), indent);
    }

    /** A shell goes on where a line ends with a backslash; a remark begins each line anew. */
    static List<String> command(String text, int width, int indent) {
        List<String> lines = new ArrayList<>();
        if (text.startsWith(REMARK)) {
            Words.wrap(text.substring(REMARK.length()), width - indent - REMARK.length())
                    .forEach(line -> lines.add(" ".repeat(indent) + REMARK + line));
            return lines;
        }
        for (String line : ShellWords.wrap(text, width - 2 * indent)) {
            lines.add(" ".repeat(lines.isEmpty() ? indent : 2 * indent) + line);
        }
        return lines;
    }

    private void paragraph(String text) {
        Words.wrap(text, console.width() - indent)
                .forEach(line -> console.print(" ".repeat(indent) + console.styled(Style.DIM, line)));
    }
}
