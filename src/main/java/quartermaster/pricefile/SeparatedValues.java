package quartermaster.pricefile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Numbers;
import quartermaster.unit.Place;

/**
 * Comma-separated values (or with semicolons or tabs) by the names of their columns, of which letters and digits count.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
record SeparatedValues(List<String> headers, List<Line> lines) {

    /** @param cells by the key of their column, without those that are empty */
    record Line(Map<String, String> cells, Place at) {
        /** The first of these columns that says something. */
        @Nullable
        String text(String... columns) {
            return Arrays.stream(columns)
                    .map(cells::get)
                    .filter(java.util.Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }

        /** Likewise, where it is a number; sums of money may have their sign. */
        @Nullable
        Double number(String... columns) {
            String text = text(columns);
            return text == null ? null : Numbers.parse(text, "USD").orElse(null);
        }
    }

    /** @param name of the file */
    static SeparatedValues of(String text, String name) {
        int end = text.indexOf('\n');
        String first = end < 0 ? text : text.substring(0, end);
        char separator =
                first.indexOf('\t') >= 0 ? '\t' : first.indexOf(';') >= 0 && first.indexOf(',') < 0 ? ';' : ',';
        List<String> headers = List.of();
        List<Line> lines = new ArrayList<>();
        for (Map.Entry<Integer, List<String>> row : rows(text, separator).entrySet()) {
            if (headers.isEmpty()) {
                headers = row.getValue().stream().map(SeparatedValues::key).toList();
                continue;
            }
            Map<String, String> cells = new LinkedHashMap<>();
            for (int i = 0; i < Math.min(headers.size(), row.getValue().size()); i++) {
                String cell = row.getValue().get(i).strip();
                if (!cell.isEmpty() && !cell.equalsIgnoreCase("nan")) {
                    cells.putIfAbsent(headers.get(i), cell);
                }
            }
            lines.add(new Line(cells, new Place.Line(name, row.getKey())));
        }
        return new SeparatedValues(headers, lines);
    }

    /** {@code Input (USD per million tokens)} is {@code inputusdpermilliontokens}. */
    static String key(String header) {
        return header.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    boolean has(String... anyOf) {
        return Arrays.stream(anyOf).anyMatch(headers::contains);
    }

    Optional<Line> first() {
        return lines.stream().findFirst();
    }

    /** By the line in which they begin. */
    private static Map<Integer, List<String>> rows(String text, char separator) {
        Map<Integer, List<String>> rows = new TreeMap<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        int line = 1;
        int begun = 1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '\n' : text.charAt(i);
            boolean last = i == text.length();
            if (c == '"' && quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                cell.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if ((c == '\n' && !quoted) || last) {
                row.add(cell.toString());
                cell.setLength(0);
                if (row.stream().anyMatch(each -> !each.isBlank())) {
                    rows.put(begun, row);
                }
                row = new ArrayList<>();
                begun = line + 1;
            } else if (c == separator && !quoted) {
                row.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
            line += c == '\n' ? 1 : 0;
        }
        return rows;
    }
}
