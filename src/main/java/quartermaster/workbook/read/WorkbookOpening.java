package quartermaster.workbook.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.openxmlformats.schemas.spreadsheetml.x2006.main.CTSheet;
import quartermaster.workbook.read.ReadCell.Kind;
import quartermaster.workbook.read.UnreadableWorkbookException.Reason;

/** Opens one file: looks at it from outside, then reads it on a thread with a deadline. */
final class WorkbookOpening {
    /** Whose file it is. */
    enum From {
        /** The architect's: only .xlsx. */
        WORKSPACE,
        /** Anybody's: any format that is read. */
        UPLOAD
    }

    private final byte[] bytes;
    private final String name;
    private final From from;
    private final WorkbookLimits limits;
    private final Supervised supervised;

    WorkbookOpening(byte[] bytes, String name, From from, WorkbookLimits limits) {
        this.bytes = bytes;
        this.name = name;
        this.from = from;
        this.limits = limits;
        this.supervised = new Supervised(name, limits.time());
    }

    WorkbookFile open() throws UnreadableWorkbookException {
        PoiLimits.set();
        WorkbookFile file = supervised.run(this::read);
        if (file.sheets().stream().anyMatch(sheet -> sheet.name() == null)) {
            throw new UnreadableWorkbookException(
                    Reason.CONTENT, "damaged-workbook", name + " has a sheet without a name." + Supervised.SAVE_AGAIN);
        }
        return file;
    }

    private WorkbookFile read() throws UnreadableWorkbookException, IOException {
        WorkbookInspection inspection = new WorkbookInspection(bytes, name, limits, supervised.deadline());
        FileKind kind = inspection.inspect();
        if (from == From.WORKSPACE && kind != FileKind.XLSX) {
            throw WorkbookInspection.notHere(name, kind);
        }
        return switch (kind) {
            case XLSX -> packed(inspection.parts());
            case XLS -> old();
            case ODS -> new OpenDocument(inspection.parts(), name, limits, supervised.deadline()).read();
            case CSV -> new SeparatedText(bytes, name, limits).read();
        };
    }

    /** The fast way, unless there is something in it that only the library understands or can calculate. */
    private WorkbookFile packed(PackedParts parts) throws UnreadableWorkbookException, IOException {
        Optional<WorkbookFile> plain = PlainWorkbook.read(parts, name, limits, supervised.deadline());
        if (plain.isPresent() && isCalculated(plain.get())) {
            return plain.get();
        }
        try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
            refuseLostSheets(workbook);
            return read(workbook, FileKind.XLSX);
        }
    }

    /** A sheet of the list without its content would be missing in what comes back; dialogs and macros of old are no tables. */
    private void refuseLostSheets(XSSFWorkbook workbook) throws UnreadableWorkbookException {
        for (CTSheet listed : workbook.getCTWorkbook().getSheets().getSheetList()) {
            if (workbook.getRelationById(listed.getId()) == null) {
                throw new UnreadableWorkbookException(
                        Reason.CONTENT,
                        "damaged-workbook",
                        name + " is damaged: the content of its sheet " + listed.getName() + " is missing.");
            }
        }
    }

    private WorkbookFile old() throws UnreadableWorkbookException, IOException {
        try (HSSFWorkbook workbook = new HSSFWorkbook(new ByteArrayInputStream(bytes))) {
            return read(workbook, FileKind.XLS);
        }
    }

    private WorkbookFile read(Workbook workbook, FileKind kind) throws UnreadableWorkbookException {
        if (workbook.getNumberOfSheets() > limits.sheets()) {
            throw SheetReading.tooManySheets(name, limits);
        }
        SafeFormulas formulas = workbook instanceof XSSFWorkbook packed ? new SafeFormulas(packed) : null;
        SheetReading reading = new SheetReading(name, limits, supervised.deadline(), formulas);
        List<ReadSheet> sheets = new ArrayList<>();
        for (int i = 0; i < workbook.getNumberOfSheets(); i++) {
            boolean hidden = workbook.isSheetHidden(i) || workbook.isSheetVeryHidden(i);
            sheets.add(reading.read(workbook.getSheetAt(i), hidden));
        }
        return new WorkbookFile(name, kind, sheets);
    }

    private static boolean isCalculated(WorkbookFile file) {
        return file.sheets().stream()
                .flatMap(sheet -> sheet.rows().stream())
                .flatMap(row -> row.cells().stream())
                .noneMatch(cell -> cell.kind() == Kind.UNCALCULATED);
    }
}
