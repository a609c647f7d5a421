package quartermaster.workbook.read;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import quartermaster.unit.Numbers;
import quartermaster.unit.Place;
import quartermaster.workbook.read.ReadCell.Format;
import quartermaster.workbook.read.ReadCell.Kind;
import quartermaster.workbook.read.UnreadableWorkbookException.Reason;

/** Comma-separated values: encoding, separator and decimal comma are found out. It is a workbook of one sheet. */
final class SeparatedText {
    static final String SHEET = "Sheet1";
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');
    private static final int LOOKED_AT = 64_000; // characters, to find the separator
    private static final Pattern STRANGE = Pattern.compile("[\\x00-\\x08\\x0B\\x0E-\\x1F\\x7F]");
    private static final Pattern SAID = Pattern.compile("^sep=(.)\\r?\\n", Pattern.CASE_INSENSITIVE);
    private static final Pattern WITH_COMMA = Pattern.compile("-?(\\d+|\\d{1,3}(\\.\\d{3})+),\\d+");
    private static final Pattern WITH_DOT = Pattern.compile("-?\\d+\\.(\\d{1,2}|\\d{4,})");
    private static final Pattern GROUPED = Pattern.compile("-?\\d{1,3}(\\.\\d{3})+");
    private static final Pattern LABEL = Pattern.compile("[^:;\\t|\",]{2,40}:\\s+[^;\\t|]+");
    private static final Pattern EITHER = Pattern.compile("-?[1-9]\\d{0,2}\\.\\d{3}");
    private static final Pattern RULE = Pattern.compile("[-:=+ ]*-[-:=+ ]*"); // below the headings of a Markdown table
    private static final Pattern PLAIN = Pattern.compile("-?(0|[1-9]\\d{0,14})(\\.\\d{1,15})?");

    private final byte[] bytes;
    private final String name;
    private final WorkbookLimits limits;
    private int cells;

    SeparatedText(byte[] bytes, String name, WorkbookLimits limits) {
        this.bytes = bytes;
        this.name = name;
        this.limits = limits;
    }

    /** Whether people could read it: few control characters but line ends and tabs, where it is Unicode a tenth. */
    static boolean isText(byte[] bytes) {
        byte[] first = bytes.length > LOOKED_AT ? java.util.Arrays.copyOf(bytes, LOOKED_AT) : bytes;
        String start = decoded(first);
        String clean = cleaned(start);
        long most = start.length() / (decodedUtf8(first).isPresent() ? 10 : 100);
        return start.length() - clean.length() <= most && !clean.isBlank();
    }

    /** Without the characters that no workbook can hold. */
    private static String cleaned(String text) {
        return STRANGE.matcher(text).replaceAll("");
    }

    WorkbookFile read() throws UnreadableWorkbookException {
        String text = cleaned(decoded(bytes));
        Matcher said = SAID.matcher(text);
        boolean saysSo = said.find();
        String content = saysSo ? text.substring(said.end()) : text;
        char separator = saysSo ? said.group(1).charAt(0) : separator(content);
        List<List<String>> lines = !saysSo && isLabelled(content) ? labelled(content) : lines(content, separator);
        refuseOpenQuote(content, lines);
        boolean decimalComma = separator != ',' && hasDecimalComma(lines);
        boolean eitherIsText = separator != ',';
        List<ReadRow> rows = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int number = i + (saysSo ? 2 : 1);
            List<ReadCell> row = cells(lines.get(i), number, decimalComma, eitherIsText);
            if (!row.isEmpty() && !isRule(lines.get(i), separator)) {
                rows.add(new ReadRow(SHEET, number, false, row));
            }
        }
        return new WorkbookFile(name, FileKind.CSV, List.of(new ReadSheet(SHEET, false, rows)));
    }

    /** A quote that nobody closes takes all lines behind it into one cell. */
    private void refuseOpenQuote(String content, List<List<String>> lines) throws UnreadableWorkbookException {
        List<String> last = lines.isEmpty() ? List.of() : lines.get(lines.size() - 1);
        boolean swallowed = !last.isEmpty()
                && last.get(last.size() - 1).strip().contains("\n")
                && !content.strip().endsWith("\"");
        if (swallowed) {
            throw new UnreadableWorkbookException(
                    Reason.CONTENT,
                    "damaged-workbook",
                    name + " cannot be read as comma-separated values: a quote in line " + lines.size()
                            + " is never closed.");
        }
    }

    private List<List<String>> lines(String content, char separator) throws UnreadableWorkbookException {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setIgnoreEmptyLines(false)
                .setLenientEof(true)
                .setTrailingData(true)
                .get();
        List<List<String>> lines = new ArrayList<>();
        try (CSVParser parser = format.parse(new StringReader(content))) {
            for (CSVRecord line : parser) {
                if (line.size() > SheetReading.LAST_COLUMN) {
                    throw SheetReading.impossible(
                            name, new Place.Cell(SHEET, lines.size() + 1, line.size() - 1).toString());
                }
                cells += line.size();
                if (lines.size() >= limits.rows() || cells > limits.cells()) {
                    throw SheetReading.tooManyCells(name, limits);
                }
                lines.add(line.toList());
            }
        } catch (IOException | UncheckedIOException e) {
            throw new UnreadableWorkbookException(
                    Reason.CONTENT,
                    "damaged-workbook",
                    name + " cannot be read as comma-separated values. Are its quotes in pairs?",
                    e);
        }
        return lines;
    }

    private static boolean isRule(List<String> line, char separator) {
        return separator == '|'
                && line.stream()
                        .allMatch(each -> each.isBlank() || RULE.matcher(each).matches());
    }

    private static List<ReadCell> cells(List<String> line, int number, boolean decimalComma, boolean eitherIsText) {
        List<ReadCell> cells = new ArrayList<>();
        for (int column = 0; column < line.size(); column++) {
            String text = line.get(column).strip();
            if (text.length() > SheetReading.LONGEST_TEXT) {
                cells.add(cell(number, column, Kind.ERROR, "a text of " + text.length() + " characters"));
            } else if (!text.isEmpty()) {
                Optional<Double> value =
                        eitherIsText && !decimalComma && EITHER.matcher(text).matches()
                                ? Optional.empty() // thousands or decimals
                                : number(text, decimalComma);
                cells.add(
                        value.isPresent()
                                ? cell(number, column, Kind.NUMBER, value.get())
                                : cell(number, column, Kind.TEXT, text));
            }
        }
        return cells;
    }

    private static ReadCell cell(int row, int column, Kind kind, Object content) {
        return new ReadCell(SHEET, row, column, kind, content, Format.PLAIN);
    }

    /** Only what is a number beyond doubt; others stay texts, and the column that they are for decides. */
    private static Optional<Double> number(String text, boolean decimalComma) {
        if (decimalComma
                && (WITH_COMMA.matcher(text).matches() || GROUPED.matcher(text).matches())) {
            return Numbers.parse(text.replace(".", ""), null);
        }
        return !decimalComma && PLAIN.matcher(text).matches() || text.matches("-?(0|[1-9]\\d{0,14})")
                ? Optional.of(Double.valueOf(text))
                : Optional.empty();
    }

    private static boolean hasDecimalComma(List<List<String>> lines) {
        boolean comma = false;
        for (List<String> line : lines) {
            for (String text : line) {
                if (WITH_DOT.matcher(text.strip()).matches()) {
                    return false;
                }
                comma = comma || WITH_COMMA.matcher(text.strip()).matches();
            }
        }
        return comma;
    }

    /** The one that parts most lines into the same number of fields; a comma between digits parts nothing. */
    private static char separator(String content) {
        String start = content.length() > LOOKED_AT ? content.substring(0, LOOKED_AT) : content;
        List<String> lines =
                start.lines().filter(line -> !line.isBlank()).limit(50).toList();
        return SEPARATORS.stream()
                .max(Comparator.comparingLong(each -> parted(lines, each)))
                .orElse(',');
    }

    /** "Type: production" on most lines. */
    private static boolean isLabelled(String content) {
        List<String> lines =
                content.lines().filter(line -> !line.isBlank()).limit(50).toList();
        long labelled =
                lines.stream().filter(line -> LABEL.matcher(line).matches()).count();
        return labelled > 1 && 10 * labelled >= 8 * lines.size();
    }

    private List<List<String>> labelled(String content) throws UnreadableWorkbookException {
        List<String> lines = content.lines().limit(limits.rows() + 1L).toList();
        if (lines.size() > limits.rows()) {
            throw SheetReading.tooManyCells(name, limits);
        }
        return lines.stream().map(line -> List.of(line.split(":\\s+|:$", 2))).toList();
    }

    private static long parted(List<String> lines, char separator) {
        return lines.stream().filter(line -> count(line, separator) > 0).count() * 1_000
                + Math.min(
                        999,
                        lines.stream().mapToLong(line -> count(line, separator)).sum());
    }

    private static long count(String line, char separator) {
        boolean quoted = false;
        long count = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            quoted = (c == '"') != quoted;
            if (c == separator && !quoted && !(c == ',' && isBetweenDigits(line, i))) {
                count++;
            }
        }
        return count;
    }

    private static boolean isBetweenDigits(String line, int i) {
        return i > 0
                && i + 1 < line.length()
                && Character.isDigit(line.charAt(i - 1))
                && Character.isDigit(line.charAt(i + 1));
    }

    /** By its mark, else as UTF-8, else as Windows wrote it. */
    private static String decoded(byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return new String(bytes, 3, bytes.length - 3, StandardCharsets.UTF_8);
        }
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE);
        }
        Optional<Charset> wide = withoutMark(bytes);
        if (wide.isPresent()) {
            return new String(bytes, wide.get());
        }
        return decodedUtf8(bytes).orElseGet(() -> new String(bytes, WINDOWS));
    }

    /** Of plain text in two bytes a character every second one is zero. */
    private static Optional<Charset> withoutMark(byte[] bytes) {
        int pairs = Math.min(bytes.length, LOOKED_AT) / 2;
        int first = 0;
        int second = 0;
        for (int i = 0; i < pairs; i++) {
            first += bytes[2 * i] == 0 ? 1 : 0;
            second += bytes[2 * i + 1] == 0 ? 1 : 0;
        }
        if (pairs < 4 || first > 0 && second > 0) {
            return Optional.empty();
        }
        if (10 * second > 9 * pairs) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        return 10 * first > 9 * pairs ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
    }

    /** A character that is cut off at the end does not count. */
    private static Optional<String> decodedUtf8(byte[] bytes) {
        for (int cut = 0; cut < Math.min(4, bytes.length); cut++) {
            try {
                return Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes, 0, bytes.length - cut))
                        .toString());
            } catch (CharacterCodingException e) {
                if (bytes.length < LOOKED_AT) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        for (int i = 0; i < start.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }
}
