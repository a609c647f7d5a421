package quartermaster.cli.report;

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

    /** UTF-8, but for a terminal with another code page than the system, as Windows has them. */
    private static PrintWriter writer(OutputStream stream) {
        String system = System.getProperty("native.encoding", "UTF-8");
        String terminal = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding", system));
        boolean ownCodePage = !terminal.equalsIgnoreCase(system) && Charset.isSupported(terminal);
        Charset charset = ownCodePage ? Charset.forName(terminal) : StandardCharsets.UTF_8;
        return new PrintWriter(new OutputStreamWriter(stream, charset), true);
    }

    /** Colours and weights, by their ANSI codes. */
    public enum Style {
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

    public String styled(Style style, String text) {
        return colours && style != Style.PLAIN && !text.isEmpty()
                ? "\u001b[" + style.code + "m" + text + "\u001b[0m"
                : text;
    }

    /** A message beside the data. */
    public void say(String message) {
        err.println(message);
    }

    /** A message that something is wrong. */
    public void complain(String message) {
        err.println(styled(Style.BAD, message));
    }

    public void print(String line) {
        out.println(line);
    }
}
