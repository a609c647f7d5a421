package quartermaster.workbook.read;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Makes workbooks for tests. */
public final class Workbooks {
    private static final byte[] WITHOUT_MEASUREMENTS = withoutMeasurements(); // they take most of the time

    private static final Map<Set<String>, byte[]> ALONE = new ConcurrentHashMap<>();

    private Workbooks() {}

    public static byte[] bytes(Consumer<XSSFWorkbook> build) {
        try (XSSFWorkbook workbook = new XSSFWorkbook()) {
            build.accept(workbook);
            return saved(workbook);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static WorkbookFile file(Consumer<XSSFWorkbook> build) {
        return opened(bytes(build));
    }

    public static WorkbookFile opened(byte[] bytes) {
        try {
            return WorkbookFile.open(bytes, "test.xlsx");
        } catch (UnreadableWorkbookException e) {
            throw new AssertionError(e);
        }
    }

    /** The catalogue that comes with the program, without its measurements, with a change. */
    public static WorkbookFile catalogueWith(Consumer<XSSFWorkbook> change) {
        return opened(changed(WITHOUT_MEASUREMENTS, change));
    }

    /** The same where only these sheets change: the others are neither written nor read again. */
    public static WorkbookFile catalogueWith(Set<String> sheets, Consumer<XSSFWorkbook> change) {
        byte[] alone = ALONE.computeIfAbsent(
                sheets,
                kept -> changed(WITHOUT_MEASUREMENTS, book -> {
                    for (int i = book.getNumberOfSheets() - 1; i >= 0; i--) {
                        if (!kept.contains(book.getSheetName(i))) {
                            book.removeSheetAt(i);
                        }
                    }
                }));
        WorkbookFile changed = opened(changed(alone, change));
        return new WorkbookFile(
                changed.name(),
                changed.kind(),
                Unchanged.CATALOGUE.sheets().stream()
                        .map(each -> sheets.contains(each.name())
                                ? changed.findSheet(each.name()).orElseThrow()
                                : each)
                        .toList());
    }

    private static final class Unchanged {
        private static final WorkbookFile CATALOGUE = opened(WITHOUT_MEASUREMENTS);
    }

    public static byte[] changed(byte[] before, Consumer<XSSFWorkbook> change) {
        try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(before))) {
            change.accept(workbook);
            return saved(workbook);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes texts, numbers, truth values and formulas (texts that begin with "="); null leaves a cell out. */
    public static void row(XSSFSheet sheet, int number, Object... values) {
        XSSFRow row = sheet.createRow(number - 1);
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                set(row.createCell(i), values[i]);
            }
        }
    }

    /** The cell at e.g. {@code Hardware!K7}, made where there is none. */
    public static XSSFCell cell(XSSFWorkbook workbook, String at) {
        CellReference place = new CellReference(at);
        XSSFSheet sheet = workbook.getSheet(place.getSheetName());
        XSSFRow row =
                sheet.getRow(place.getRow()) == null ? sheet.createRow(place.getRow()) : sheet.getRow(place.getRow());
        XSSFCell cell = row.getCell(place.getCol());
        return cell == null ? row.createCell(place.getCol()) : cell;
    }

    public static void set(XSSFCell cell, Object value) {
        cell.setBlank(); // else a text inside the cell, as openpyxl writes it, stays
        if (value instanceof Number number) {
            cell.setCellValue(number.doubleValue());
        } else if (value instanceof Boolean truth) {
            cell.setCellValue(truth);
        } else if (value.toString().startsWith("=")) {
            cell.setCellFormula(value.toString().substring(1));
        } else {
            cell.setCellValue(value.toString());
        }
    }

    public static void format(XSSFCell cell, String format) {
        var style = cell.getSheet().getWorkbook().createCellStyle();
        style.setDataFormat(cell.getSheet().getWorkbook().createDataFormat().getFormat(format));
        cell.setCellStyle(style);
    }

    /** The same package with the text of one part changed. */
    public static byte[] withPart(byte[] workbook, String part, UnaryOperator<String> change) {
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(workbook));
                ZipOutputStream out = new ZipOutputStream(changed)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(
                        entry.getName().equals(part)
                                ? change.apply(new String(content, StandardCharsets.UTF_8))
                                        .getBytes(StandardCharsets.UTF_8)
                                : content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return changed.toByteArray();
    }

    /** The text of one part of a package. */
    public static String part(byte[] workbook, String part) {
        String[] found = new String[1];
        withPart(workbook, part, text -> {
            found[0] = text;
            return text;
        });
        return found[0];
    }

    /** A package of parts: name, content, name, content … */
    public static byte[] packed(String... namesAndContents) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The same with nothing compressed and each size behind its content, as programs store encrypted parts. */
    static byte[] storedWithSizesBehind(String... namesAndContents) {
        ByteBuffer zip = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < namesAndContents.length; i += 2) {
            byte[] name = namesAndContents[i].getBytes(StandardCharsets.UTF_8);
            byte[] content = namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8);
            CRC32 sum = new CRC32();
            sum.update(content);
            zip.putInt(0x04034b50).putShort((short) 20).putShort((short) 0x808).putShort((short) 0);
            zip.putInt(0x5a210000).putInt(0).putInt(0).putInt(0);
            zip.putShort((short) name.length).putShort((short) 0).put(name).put(content);
            zip.putInt(0x08074b50)
                    .putInt((int) sum.getValue())
                    .putInt(content.length)
                    .putInt(content.length);
        }
        for (int i = 0; i < namesAndContents.length; i += 2) {
            zip.putInt(0x02014b50).put(new byte[42]); // nobody looks into the table of contents
        }
        zip.putInt(0x06054b50).put(new byte[18]);
        return Arrays.copyOf(zip.array(), zip.position());
    }

    private static byte[] withoutMeasurements() {
        try (XSSFWorkbook workbook = new XSSFWorkbook(Files.newInputStream(Path.of("spreadsheets/catalogue.xlsx")))) {
            workbook.removeSheetAt(workbook.getSheetIndex("Measurements"));
            return saved(workbook);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] saved(XSSFWorkbook workbook) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        workbook.write(bytes);
        return bytes.toByteArray();
    }
}
