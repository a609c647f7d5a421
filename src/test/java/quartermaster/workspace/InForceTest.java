package quartermaster.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import quartermaster.TestWorkspace;

class InForceTest {
    @Test
    @Timeout(60)
    void the_workspace_is_watched_on_after_an_error() throws Exception {
        Path folder = TestWorkspace.copy();
        ClockThatFailsOnce clock = new ClockThatFailsOnce();
        try (InForce inForce = new InForce(folder, "test", clock).start()) {
            clock.fails = true;
            Files.writeString(folder.resolve("rules/own.drl"), "no rules at all");
            assertThat(clock.failed.await(30, TimeUnit.SECONDS)).isTrue();
            Files.writeString(folder.resolve("rules/own.drl"), "still no rules");
            while (inForce.problems().isEmpty()) {
                Thread.sleep(50);
            }
        }
    }

    private static final class ClockThatFailsOnce extends Clock {
        private final CountDownLatch failed = new CountDownLatch(1);
        private volatile boolean fails;

        @Override
        public Instant instant() {
            if (fails) {
                fails = false;
                failed.countDown();
                throw new OutOfMemoryError("a test's");
            }
            return TestWorkspace.NOW;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
