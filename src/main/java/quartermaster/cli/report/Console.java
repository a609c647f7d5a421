package quartermaster.cli.report;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import picocli.CommandLine.Help.Ansi;

/**
 * The terminal: data goes to {@code out}, messages and progress to {@code err}.
 *
 * @param colours whether people look at it who want colours
 * @param columns how wide it is, see {@link #width}; asked only when something has to fit
 */
public record Console(InputStream in, PrintWriter out, PrintWriter err, boolean colours, IntSupplier columns) {
    public static final int WIDTH = 120;
    private static final int NARROWEST = 60;
    private static final long SECONDS_TO_ASK = 2;
    /** Says how large the terminal is, if it writes to one. */
    private static final String ASK = "[ -t 1 ] && stty size </dev/tty >&2";

    public Console(InputStream in, PrintWriter out, PrintWriter err, boolean colours) {
        this(in, out, err, colours, () -> WIDTH);
    }

    public static Console ofSystem() {
        return new Console(
                System.in,
                writer(System.out),
                writer(System.err),
                Ansi.AUTO.enabled() && System.getenv("NO_COLOR") == null,
                new WidthOfSystem());
    }

    /** Characters of a line: those of the terminal, but never more than {@link #WIDTH}, beyond which text is hard to read. */
    public int width() {
        return columns.getAsInt();
    }

    /** Asked once: another program has to be started for it. */
    private static final class WidthOfSystem implements IntSupplier {
        private int width;

        @Override
        public synchronized int getAsInt() {
            if (width == 0) {
                String said = System.getenv("COLUMNS");
                width = within(said == null ? asked() : said);
            }
            return width;
        }
    }

    /** @param columns what somebody says how wide it is */
    static int within(String columns) {
        try {
            return Math.max(NARROWEST, Math.min(WIDTH, Integer.parseInt(columns.strip())));
        } catch (NumberFormatException e) {
            return WIDTH; // a file, or a terminal of which nobody knows
        }
    }

    /** "24 80" is what stty says; empty where there is no terminal, or no stty. */
    private static String asked() {
        if (!Files.exists(Path.of("/dev/tty"))) {
            return "";
        }
        try {
            Process stty = new ProcessBuilder("sh", "-c", ASK)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (!stty.waitFor(SECONDS_TO_ASK, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return "";
            }
            String size = new String(stty.getErrorStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return size.substring(size.lastIndexOf(' ') + 1);
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
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
