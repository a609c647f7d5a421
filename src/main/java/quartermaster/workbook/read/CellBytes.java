package quartermaster.workbook.read;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.poi.ss.util.CellRangeAddress;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.KeptSource;
import quartermaster.workbook.read.ReadCell.Format;
import quartermaster.workbook.read.ReadCell.Kind;

/**
 * The cells of a workbook as bytes, and back, without the parser of XML: each text stands there once, and each number of a
 * cell in eight bytes. Whole numbers have seven bits in each byte, the lowest first.
 */
final class CellBytes {
    private static final Kind[] KINDS = Kind.values();
    private static final Format[] FORMATS = Format.values();

    private CellBytes() {}

    static byte[] of(WorkbookFile workbook) {
        try {
            return new Writer().write(workbook);
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory can always be written.", e);
        }
    }

    /**
     * The workbook again.
     *
     * @param from where its bytes begin
     * @throws RuntimeException of any kind where it is none of those bytes
     */
    static WorkbookFile read(byte[] bytes, int from, String name) {
        return new Reader(bytes, from).read(name);
    }

    private static final class Writer {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);
        private final Map<String, Integer> texts = new LinkedHashMap<>();

        byte[] write(WorkbookFile workbook) throws IOException {
            for (ReadSheet sheet : workbook.sheets()) {
                write(sheet);
            }
            byte[] sheets = bytes.toByteArray();
            bytes.reset();
            text(workbook.digest());
            whole(texts.size());
            for (String text : texts.keySet()) {
                text(text);
            }
            whole(workbook.sheets().size());
            out.write(sheets);
            return bytes.toByteArray();
        }

        private void write(ReadSheet sheet) throws IOException {
            whole(number(sheet.name()));
            out.writeBoolean(sheet.hidden());
            whole(sheet.merged().size());
            for (CellRangeAddress area : sheet.merged()) {
                whole(area.getFirstRow());
                whole(area.getLastRow());
                whole(area.getFirstColumn());
                whole(area.getLastColumn());
            }
            whole(sheet.rows().size());
            for (ReadRow row : sheet.rows()) {
                whole(row.number());
                out.writeBoolean(row.hidden());
                whole(row.cells().size());
                for (ReadCell cell : row.cells()) {
                    write(cell);
                }
            }
        }

        private void write(ReadCell cell) throws IOException {
            whole(cell.column());
            out.writeByte(cell.kind().ordinal() * FORMATS.length + cell.format().ordinal());
            Object content = cell.content();
            switch (cell.kind()) {
                case TEXT, ERROR -> whole(number((String) Objects.requireNonNull(content)));
                case NUMBER -> out.writeDouble((Double) Objects.requireNonNull(content));
                case BOOLEAN -> out.writeBoolean(Boolean.TRUE.equals(content));
                case DATE -> {
                    LocalDateTime date = (LocalDateTime) Objects.requireNonNull(content);
                    out.writeLong(date.toEpochSecond(ZoneOffset.UTC));
                    out.writeInt(date.getNano());
                }
                case EMPTY, UNCALCULATED -> {} // the kind says it
            }
        }

        private int number(String text) {
            return texts.computeIfAbsent(text, each -> texts.size());
        }

        private void text(String text) throws IOException {
            byte[] content = text.getBytes(StandardCharsets.UTF_8);
            whole(content.length);
            out.write(content);
        }

        private void whole(int number) throws IOException {
            int rest = number;
            while (rest > 0x7f) {
                out.writeByte(rest & 0x7f | 0x80);
                rest >>>= 7;
            }
            out.writeByte(rest);
        }
    }

    private static final class Reader {
        private final KeptSource in;
        private String[] texts = {};

        Reader(byte[] bytes, int from) {
            this.in = new KeptSource(bytes, from);
        }

        WorkbookFile read(String name) {
            String digest = in.text();
            texts = in.texts();
            int sheets = in.count();
            List<ReadSheet> read = new ArrayList<>(sheets);
            for (int i = 0; i < sheets; i++) {
                read.add(sheet());
            }
            if (!in.isAtEnd()) {
                throw new IllegalArgumentException("More stands behind the cells.");
            }
            return new WorkbookFile(name, FileKind.XLSX, read, digest);
        }

        private ReadSheet sheet() {
            String name = texts[in.whole()];
            boolean hidden = in.next() != 0;
            int areas = in.count();
            List<CellRangeAddress> merged = new ArrayList<>(areas);
            for (int i = 0; i < areas; i++) {
                merged.add(new CellRangeAddress(in.whole(), in.whole(), in.whole(), in.whole()));
            }
            int count = in.count();
            List<ReadRow> rows = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                rows.add(row(name));
            }
            return new ReadSheet(name, hidden, rows, merged);
        }

        private ReadRow row(String sheet) {
            int number = in.whole();
            boolean hidden = in.next() != 0;
            ReadCell[] cells = new ReadCell[in.count()];
            for (int i = 0; i < cells.length; i++) {
                int column = in.whole();
                int code = in.next();
                Kind kind = KINDS[code / FORMATS.length];
                cells[i] = new ReadCell(sheet, number, column, kind, content(kind), FORMATS[code % FORMATS.length]);
            }
            return new ReadRow(sheet, number, hidden, List.of(cells));
        }

        private @Nullable Object content(Kind kind) {
            return switch (kind) {
                case TEXT, ERROR -> texts[in.whole()];
                case NUMBER -> Double.longBitsToDouble(in.eightBytes());
                case BOOLEAN -> in.next() != 0;
                case DATE -> LocalDateTime.ofEpochSecond(in.eightBytes(), in.fourBytes(), ZoneOffset.UTC);
                case EMPTY, UNCALCULATED -> null;
            };
        }
    }
}
