package quartermaster.cli.report;

import org.jspecify.annotations.Nullable;
import quartermaster.unit.Choice;
import quartermaster.workbook.score.LongScoring;
import quartermaster.workbook.score.LongScoring.Phase;

/** How far a long table of candidates is: a bar for each thing that is done with its rows. */
public final class LongProgress implements LongScoring.Watch, AutoCloseable {
    private final Console console;
    private @Nullable Phase phase;
    private @Nullable Progress bar;

    public LongProgress(Console console) {
        this.console = console;
    }

    @Override
    public synchronized void at(Phase now, long done, long all) {
        if (now != phase || bar == null) {
            close();
            phase = now;
            bar = new Progress(console, Choice.id(now), all, 0);
        }
        bar.stepTo(done);
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
