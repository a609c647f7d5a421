package quartermaster.unit;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where something stands, in a workbook, a file or a request. It prints as people write it. */
public sealed interface Place {
    /** The first cell of a row of a workbook's sheet. */
    static Cell row(String file, String sheet, int row) {
        return new Cell(file, sheet, row, 0);
    }

    /** E.g. {@code Weights!A1}: a sheet as a whole. */
    static Cell top(String sheet) {
        return new Cell(null, sheet, 1, 0);
    }

    /** The file that it is in; null where that goes without saying. */
    default @Nullable String file() {
        return null;
    }

    /** The same place within something larger: a cell in its file, a pointer below another. */
    default Place in(String outer) {
        return this;
    }

    /** Whether it is in a file, or in one of a folder. */
    default boolean isIn(String fileOrFolder) {
        String file = file();
        return file != null && file.startsWith(fileOrFolder);
    }

    /**
     * A cell: {@code Hardware!D7}, or {@code rules/policy.xlsx Budget!C4} with its file.
     *
     * @param row as people count, from 1
     * @param column from 0; 3 is D
     */
    record Cell(@Nullable String file, String sheet, int row, int column) implements Place {
        public Cell(String sheet, int row, int column) {
            this(null, sheet, row, column);
        }

        @Override
        public Cell in(String outer) {
            return new Cell(outer, sheet, row, column);
        }

        public Cell withoutFile() {
            return new Cell(sheet, row, column);
        }

        public Cell firstOfRow() {
            return new Cell(file, sheet, row, 0);
        }

        /** The cell on its sheet: {@code D7}. */
        public String address() {
            return letters(column) + row;
        }

        /** A column's letters: 0 is A, 26 is AA. */
        public static String letters(int column) {
            StringBuilder letters = new StringBuilder();
            for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
                letters.insert(0, (char) ('A' + (rest - 1) % 26));
            }
            return letters.toString();
        }

        @Override
        public String toString() {
            return (file == null ? "" : file + " ") + sheet + "!" + address();
        }
    }

    /** A line of a file of text, from 1: {@code rules/fit.drl:31}. */
    record Line(String file, int line) implements Place {
        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    /** A file as a whole, or a folder: {@code spreadsheets/catalogue.xlsx}. */
    record File(String file) implements Place {
        @Override
        public String toString() {
            return file;
        }
    }

    /** A value in JSON by its pointer: {@code /workload/model}; the document itself is {@code ""}. */
    record Pointer(String path) implements Place {
        /** @see <a href="https://www.rfc-editor.org/rfc/rfc6901#section-3">RFC 6901, section 3</a> */
        public Pointer child(String key) {
            return new Pointer(path + "/" + key.replace("~", "~0").replace("/", "~1"));
        }

        @Override
        public Pointer in(String outer) {
            return new Pointer(outer + path);
        }

        /** The value and everything that it is part of: {@code /workload/model}, {@code /workload}. */
        public Stream<String> upwards() {
            return Stream.iterate(
                    path, each -> !each.isEmpty(), each -> each.substring(0, Math.max(0, each.lastIndexOf('/'))));
        }

        @Override
        public String toString() {
            return path;
        }
    }

    /** By its name: a key of a file's header ({@code llama.block_count}), an option of a command. */
    record Named(String name) implements Place {
        @Override
        public String toString() {
            return name;
        }
    }
}
