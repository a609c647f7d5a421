package quartermaster.workbook.upload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.LooseNames;
import quartermaster.request.Constraints.Owned;
import quartermaster.workbook.read.FileKind;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.WorkbookFile;

/**
 * What a system says of itself, pasted whole: {@code system_profiler SPHardwareDataType}, "About This Mac",
 * {@code nvidia-smi -q}, {@code rocm-smi}, {@code lspci}, dxdiag, wmic.
 */
final class MachineText {
    private static final int LONGEST = 200_000;
    private static final int MOST_LINES = 3_000;
    private static final int LONGEST_LINE = 300;
    private static final Pattern KIND =
            Pattern.compile("(?i)\\b(?:macbook pro|macbook air|mac studio|mac mini|mac pro|imac)\\b");
    private static final Pattern CHIP =
            Pattern.compile("(?im)^\\W*chip\\b:?\\s*(?:apple )?(m\\d(?: (?:pro|max|ultra))?)\\b");
    private static final Pattern MEMORY = Pattern.compile("(?im)^\\W*memory\\b:?\\s*(\\d+) ?GB\\b");
    private static final Pattern OF_A_SYSTEM = Pattern.compile(
            "(?i)nvsmi|nvidia-smi|attached gpus|gpu \\d+: nvidia|card series|rocm|\\bcontroller\\b|card name|adapterram"
                    + "|\\bchip\\b:?\\s*(?:apple )?m\\d");
    private static final Pattern LISTS_SCREENS = Pattern.compile("(?i)card name|adapterram");
    private static final Pattern LABEL = Pattern.compile("^[^:]{2,40}?\\s*:\\s+|^.{0,24}:\\s*[^:]{2,40}?:\\s+");

    private MachineText() {}

    /** The machine or the cards of one kind that a text of several lines names. */
    static Optional<Owned> machine(String text, Function<String, Optional<Hardware>> known) {
        if (text.length() > LONGEST
                || text.indexOf('\n') < 0
                || !OF_A_SYSTEM.matcher(text).find() && !isList(text, known)) {
            return Optional.empty();
        }
        Optional<Owned> mac = mac(text).filter(it -> known.apply(it.hardware()).isPresent());
        return mac.isPresent() ? mac : cards(text, known);
    }

    /** The first sheet that is such a text. */
    static Optional<Owned> in(WorkbookFile workbook, LooseNames names) {
        return workbook.kind() == FileKind.CSV
                ? workbook.sheets().stream()
                        .filter(sheet -> sheet.rows().size() <= MOST_LINES)
                        .flatMap(sheet -> machine(sheet, names::findHardware).stream())
                        .findFirst()
                : Optional.empty();
    }

    /** The same of a file that has nothing else. */
    static Optional<Owned> machine(ReadSheet sheet, Function<String, Optional<Hardware>> known) {
        String text = sheet.rows().stream()
                .map(row -> row.cells().stream().map(ReadCell::text).collect(Collectors.joining(": ")))
                .collect(Collectors.joining("\n"));
        return OF_A_SYSTEM.matcher(text).find() ? machine(text, known) : Optional.empty();
    }

    /** Whether each line is a name of its own. */
    private static boolean isList(String text, Function<String, Optional<Hardware>> known) {
        return text.lines()
                .limit(MOST_LINES)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .allMatch(line ->
                        line.length() <= LONGEST_LINE && known.apply(line).isPresent());
    }

    private static Optional<Owned> mac(String text) {
        Matcher chip = CHIP.matcher(text);
        Matcher memory = MEMORY.matcher(text);
        if (!chip.find() || !memory.find()) {
            return Optional.empty();
        }
        Matcher kind = KIND.matcher(text);
        return Optional.of(new Owned(
                (kind.find() ? kind.group() + " " : "") + chip.group(1) + " " + memory.group(1) + "GB", null));
    }

    /** Each in a line, or more than one line of different labels; a list of screens names a card once for each. */
    private static Optional<Owned> cards(String text, Function<String, Optional<Hardware>> known) {
        Map<String, Integer> byLabel = new LinkedHashMap<>();
        Set<String> ids = new LinkedHashSet<>();
        String first = null;
        for (String line : text.lines().limit(MOST_LINES).toList()) {
            String name = line.length() > LONGEST_LINE ? null : name(line, known);
            if (name != null) {
                first = first == null ? name : first;
                ids.add(known.apply(name).map(Hardware::id).orElseThrow());
                byLabel.merge(label(line), 1, Integer::sum);
            }
        }
        if (first == null || ids.size() > 1) {
            return Optional.empty();
        }
        int count = byLabel.values().stream().mapToInt(Integer::intValue).max().orElse(1);
        boolean isCounted = count > 1 && !LISTS_SCREENS.matcher(text).find();
        return Optional.of(new Owned(first, isCounted ? count : null));
    }

    private static @Nullable String name(String line, Function<String, Optional<Hardware>> known) {
        List<String> parts = new ArrayList<>(List.of(line.strip()));
        for (Matcher label = LABEL.matcher(line.strip());
                label.find();
                label = LABEL.matcher(parts.get(parts.size() - 1))) {
            parts.add(parts.get(parts.size() - 1).substring(label.end()).strip());
        }
        return Stream.concat(parts.stream(), Stream.of(line.strip().split("\\s{2,}|\\t")))
                .map(String::strip)
                .filter(part -> part.chars().anyMatch(Character::isLetter))
                .filter(part -> known.apply(part).isPresent())
                .findFirst()
                .orElse(null);
    }

    /** "GPU[0] : Card Series: …" and "GPU[1] : Card Series: …" are of one label. */
    private static String label(String line) {
        Matcher label = LABEL.matcher(line.strip());
        return label.find()
                ? label.group().replaceAll("[^A-Za-z]+", " ").strip().toLowerCase(Locale.ROOT)
                : "";
    }
}
