package quartermaster.cli.report;

import java.time.Duration;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** How far long work is, for people who look at a terminal; nobody else is told. */
public final class Progress implements AutoCloseable {
    private static final int COLUMNS = 100;
    private static final Duration EVERY = Duration.ofMillis(200);

    private final @Nullable ProgressBar bar;

    /** @param done what an earlier run has done */
    public Progress(Console console, String task, long all, long done) {
        this.bar = console.colours()
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(all)
                        .startsFrom(done, Duration.ZERO)
                        .setUpdateIntervalMillis((int) EVERY.toMillis())
                        .setConsumer(new DelegatingProgressBarConsumer(text -> show(console, text), COLUMNS))
                        .build()
                : null;
    }

    private static void show(Console console, String text) {
        console.err().print("\r" + text);
        console.err().flush();
    }

    /** So much is done. */
    public void stepTo(long done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
