package quartermaster.workbook.read;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.poi.EncryptedDocumentException;
import org.apache.poi.hssf.OldExcelFormatException;
import org.jspecify.annotations.Nullable;
import quartermaster.workbook.read.UnreadableWorkbookException.Reason;

/**
 * Work of the library on somebody's file: on a thread of its own, with a deadline. Whatever the library throws over what
 * it reads is one refusal; a mistake of ours is not told as damage of the file.
 */
public final class Supervised {
    private static final int CAUSES_AT_MOST = 20;
    private static final String THE_LIBRARYS = "org.apache."; // and those of what it is built on
    private static final String OURS = "quartermaster."; // how the names of our classes begin
    static final String SAVE_AGAIN = " Open it in your spreadsheet program and save it again as .xlsx.";

    private final String name;
    private final Duration time;
    private final long deadline;

    /** @param name of the file, for messages */
    public Supervised(String name, Duration time) {
        this.name = name;
        this.time = time;
        this.deadline = System.nanoTime() + time.toNanos();
    }

    public long deadline() {
        return deadline;
    }

    /**
     * Reads.
     *
     * @throws UnreadableWorkbookException where the file cannot be used
     */
    public <T> T run(Callable<T> work) throws UnreadableWorkbookException {
        return run(work, Supervised::isOurs);
    }

    /**
     * Writes into what has been read.
     *
     * @throws UnreadableWorkbookException where it takes too long or too much memory, or there is no room for results
     */
    public <T> T write(Callable<T> work) throws UnreadableWorkbookException {
        return run(work, Supervised::isOursWhileWriting);
    }

    private <T> T run(Callable<T> work, Predicate<Throwable> isOurs) throws UnreadableWorkbookException {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "workbook");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            OverdueWork.add(thread);
            throw tooSlow();
        } catch (InterruptedException e) {
            OverdueWork.add(thread);
            Thread.currentThread().interrupt();
            throw tooSlow();
        } catch (ExecutionException e) {
            throw refusal(e.getCause() == null ? e : e.getCause(), isOurs);
        } finally {
            task.cancel(true);
        }
    }

    private UnreadableWorkbookException tooSlow() {
        return new UnreadableWorkbookException(
                Reason.CONTENT,
                "took-too-long",
                name + " could not be worked through within " + time.toSeconds()
                        + " seconds. Send a workbook with fewer rows and formats.");
    }

    private UnreadableWorkbookException refusal(Throwable thrown, Predicate<Throwable> isOurs) {
        if (thrown instanceof UnreadableWorkbookException refused) {
            return refused;
        }
        if (isForWantOfMemory(thrown, CAUSES_AT_MOST)) {
            return refused(Reason.SIZE, "too-large", " needs more memory than there is. Send fewer rows.", thrown);
        }
        if (isOurs.test(thrown)) {
            throw new IllegalStateException(
                    name
                            + " could not be worked on: a mistake of the program, not of the file. Maybe it helps to open it"
                            + " in your spreadsheet program and to save it again.",
                    thrown);
        }
        if (thrown instanceof EncryptedDocumentException) {
            return WorkbookInspection.encrypted(name);
        }
        if (thrown instanceof OldExcelFormatException) {
            return WorkbookInspection.foreign(name, "an Excel 95 workbook or older");
        }
        if (thrown instanceof UnusualContentException) {
            String what = " holds " + thrown.getMessage() + ", which is not read in so long a table." + SAVE_AGAIN;
            return refused(Reason.CONTENT, "unusual-content", what, thrown);
        }
        if (mentions(thrown, "DOCTYPE")) {
            String what = " declares a document type, which no spreadsheet program writes." + SAVE_AGAIN;
            return refused(Reason.CONTENT, "unsafe-content", what, thrown);
        }
        if (mentions(thrown, "Strict OOXML")) {
            return WorkbookInspection.foreign(name, "a Strict Open XML workbook");
        }
        if (mentions(thrown, "Zip bomb")) {
            return refused(Reason.SIZE, "too-large", " unpacks to far more than its size." + SAVE_AGAIN, thrown);
        }
        return refused(Reason.CONTENT, "damaged-workbook", " is damaged or not a workbook." + SAVE_AGAIN, thrown);
    }

    private UnreadableWorkbookException refused(Reason reason, String code, String what, Throwable thrown) {
        return new UnreadableWorkbookException(reason, code, name + what, thrown);
    }

    /** Thrown where the first code that is not Java's own is ours. */
    private static boolean isOurs(Throwable thrown) {
        return thrown instanceof RuntimeException
                && Arrays.stream(thrown.getStackTrace())
                        .map(StackTraceElement::getClassName)
                        .filter(each -> !each.startsWith("java."))
                        .findFirst()
                        .filter(each -> each.startsWith(OURS))
                        .isPresent();
    }

    /** The library looks at some parts of a file only when it writes them, and says what is wrong in words of its own. */
    private static boolean isOursWhileWriting(Throwable thrown) {
        return thrown instanceof RuntimeException
                && !thrown.getClass().getName().startsWith(THE_LIBRARYS);
    }

    /** The library hides it: a stream that cannot be closed either suppresses it, or it becomes a cause. */
    private static boolean isForWantOfMemory(@Nullable Throwable thrown, int depth) {
        if (thrown == null || depth == 0) {
            return false;
        }
        return thrown instanceof OutOfMemoryError
                || isForWantOfMemory(thrown.getCause(), depth - 1)
                || Arrays.stream(thrown.getSuppressed()).anyMatch(each -> isForWantOfMemory(each, depth - 1));
    }

    private static boolean mentions(Throwable thrown, String words) {
        int depth = 0;
        for (Throwable cause = thrown; cause != null && depth < CAUSES_AT_MOST; cause = cause.getCause(), depth++) {
            if (String.valueOf(cause.getMessage()).contains(words)) {
                return true;
            }
        }
        return false;
    }
}
