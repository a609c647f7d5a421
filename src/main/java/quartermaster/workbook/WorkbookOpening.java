package quartermaster.workbook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.workbook.UnreadableWorkbookException.Reason;

/** Opens one file: looks at it from outside, then lets the library read it on a thread with a deadline. */
final class WorkbookOpening {
    private static final String SEND_AGAIN = " Open it in your spreadsheet program and save it again as .xlsx.";

    private final byte[] bytes;
    private final String name;
    private final boolean own;
    private final WorkbookLimits limits;
    private final long deadline;

    /** @param own of the architect: read the fast way if possible, see {@link PlainWorkbook} */
    WorkbookOpening(byte[] bytes, String name, boolean own, WorkbookLimits limits) {
        this.bytes = bytes;
        this.name = name;
        this.own = own;
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.time().toNanos();
    }

    WorkbookFile open() throws UnreadableWorkbookException {
        PoiLimits.set();
        FutureTask<WorkbookFile> reading = new FutureTask<>(this::read);
        Thread thread = new Thread(reading, "workbook-reading");
        thread.setDaemon(true);
        thread.start();
        try {
            return reading.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw tooSlow();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooSlow();
        } catch (ExecutionException e) {
            throw refusal(e.getCause() == null ? e : e.getCause());
        } finally {
            reading.cancel(true);
        }
    }

    private WorkbookFile read() throws UnreadableWorkbookException, IOException {
        new WorkbookInspection(bytes, name, limits, deadline).inspect();
        if (own) {
            Optional<WorkbookFile> plain = new PlainWorkbook(bytes, name, limits, deadline).read();
            if (plain.isPresent()) {
                return plain.get();
            }
        }
        try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(bytes))) {
            if (workbook.getNumberOfSheets() > limits.sheets()) {
                throw SheetReading.tooManySheets(name, workbook.getNumberOfSheets(), limits);
            }
            SheetReading reading = new SheetReading(name, limits, deadline);
            List<Sheet> sheets = new ArrayList<>();
            for (int i = 0; i < workbook.getNumberOfSheets(); i++) {
                boolean hidden = workbook.isSheetHidden(i) || workbook.isSheetVeryHidden(i);
                sheets.add(reading.read(workbook.getSheetAt(i), hidden));
            }
            return new WorkbookFile(name, sheets);
        }
    }

    private UnreadableWorkbookException tooSlow() {
        return new UnreadableWorkbookException(
                Reason.CONTENT,
                "took-too-long",
                name + " could not be read within " + limits.time().toSeconds()
                        + " seconds. Send a workbook with fewer rows and formats.");
    }

    /** Whatever the library throws at a strange file is one refusal. */
    private UnreadableWorkbookException refusal(Throwable thrown) {
        if (thrown instanceof UnreadableWorkbookException refused) {
            return refused;
        }
        if (thrown instanceof OutOfMemoryError) {
            return new UnreadableWorkbookException(
                    Reason.SIZE, "too-large", name + " needs more memory than there is. Send fewer rows.", thrown);
        }
        if (thrown instanceof EncryptedDocumentException) {
            return WorkbookInspection.encrypted(name);
        }
        if (mentions(thrown, "DOCTYPE")) {
            return new UnreadableWorkbookException(
                    Reason.CONTENT,
                    "unsafe-content",
                    name + " declares a document type, which no spreadsheet program writes." + SEND_AGAIN,
                    thrown);
        }
        if (mentions(thrown, "Zip bomb")) {
            return new UnreadableWorkbookException(
                    Reason.SIZE, "too-large", name + " unpacks to far more than its size." + SEND_AGAIN, thrown);
        }
        return new UnreadableWorkbookException(
                Reason.CONTENT, "damaged-workbook", name + " is damaged or not a workbook." + SEND_AGAIN, thrown);
    }

    private static boolean mentions(Throwable thrown, String words) {
        int depth = 0;
        for (Throwable cause = thrown; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (String.valueOf(cause.getMessage()).contains(words)) {
                return true;
            }
        }
        return false;
    }
}
