package quartermaster.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Help.Ansi;

/**
 * The terminal: data goes to {@code out}, messages and progress to {@code err}.
 *
 * @param colours whether people look at it who want colours
 */
public record Console(InputStream in, PrintWriter out, PrintWriter err, boolean colours) {
    public static final int WIDTH = 120;

    public static Console ofSystem() {
        return new Console(
                System.in,
                writer(System.out),
                writer(System.err),
                Ansi.AUTO.enabled() && System.getenv("NO_COLOR") == null);
    }

    /** UTF-8 into files and pipes; a terminal gets what it can show. */
    private static PrintWriter writer(OutputStream stream) {
        Charset terminal = System.console() == null
                ? StandardCharsets.UTF_8
                : System.console().charset();
        Charset charset = terminal.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : terminal;
        return new PrintWriter(new OutputStreamWriter(stream, charset), true);
    }

    /** Colours and weights, by their ANSI codes. */
    enum Style {
        PLAIN(""),
        BOLD("1"),
        DIM("2"),
        GOOD("32"),
        CAREFUL("33"),
        BAD("31");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    String styled(Style style, String text) {
        return colours && style != Style.PLAIN && !text.isEmpty()
                ? "\u001b[" + style.code + "m" + text + "\u001b[0m"
                : text;
    }

    /** A message beside the data. */
    void say(String message) {
        err.println(message);
    }

    /** A message that something is wrong. */
    void complain(String message) {
        err.println(styled(Style.BAD, message));
    }

    void print(String line) {
        out.println(line);
    }
}
