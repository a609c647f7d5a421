package quartermaster.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import quartermaster.ledger.WorkbookJobs.Content;
import quartermaster.unit.Digests;

/** What holds of the ledger, whatever database it is in. */
abstract class LedgerStatements {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    /** The same one each time within a test. */
    abstract Ledger open();

    @Test
    void a_decision_comes_back_as_it_was_kept() {
        KeptDecision decision = new KeptDecision(
                "01J",
                Instant.parse("2026-11-22T12:00:00.123456Z"),
                Digests.of("version"),
                "{\"note\":\"größer, 大きい, 🚀, 'quoted', \\u0000\"}",
                "{\n  \"score\": 86.40\r\n}\n",
                LocalDate.of(2026, 11, 21),
                Duration.ofNanos(1_234_000),
                null);
        try (Ledger ledger = open()) {
            ledger.record(decision);
            ledger.flush();
            assertThat(ledger.newestDecisions(10)).containsExactly(decision);
        }
        try (Ledger ledger = open()) {
            assertThat(ledger.findDecision("01J")).contains(decision);
            assertThat(ledger.findDecision("01K")).isEmpty();
        }
    }

    @Test
    void the_newest_decisions_come_first() {
        try (Ledger ledger = open()) {
            ledger.record(decision("b", NOON.plusNanos(1_000)));
            ledger.record(decision("a", NOON)); // ".000000Z" sorts before ".000001Z"
            ledger.record(decision("d", NOON.plusSeconds(1)));
            ledger.record(decision("c", NOON.plusMillis(500)));
            ledger.flush();
            assertThat(ledger.newestDecisions(3)).extracting(KeptDecision::id).containsExactly("d", "c", "b");
        }
    }

    @Test
    void the_log_is_read_page_by_page_in_either_order() {
        try (Ledger ledger = open()) {
            for (int i = 0; i < 10; i++) { // three of them at the same moment
                ledger.record(decision("decision " + i, NOON.plusSeconds(i < 3 ? 0 : i)));
            }
            ledger.record(new KeptDecision(
                    "of another version",
                    NOON.plusSeconds(20),
                    Digests.of("another"),
                    "{}",
                    "{}",
                    LocalDate.of(2026, 11, 22),
                    Duration.ofMillis(3),
                    null));
            for (boolean newestFirst : new boolean[] {true, false}) {
                DecisionLog.Search search =
                        new DecisionLog.Search(Instant.EPOCH, NOON.plusSeconds(9), Digests.of("version"), newestFirst);
                assertThat(ledger.count(search)).isEqualTo(9);
                List<String> read = new ArrayList<>();
                DecisionLog.Position after = null;
                do {
                    DecisionLog.Page page = ledger.decisions(search, after, 2);
                    page.decisions().forEach(each -> read.add(each.id()));
                    after = page.next() == null
                            ? null
                            : DecisionLog.Position.parse(page.next().toString()).orElseThrow();
                } while (after != null);
                assertThat(read)
                        .hasSize(9)
                        .doesNotHaveDuplicates()
                        .startsWith(newestFirst ? "decision 8" : "decision 0")
                        .endsWith(newestFirst ? "decision 0" : "decision 8");
            }
            assertThat(ledger.count(DecisionLog.Search.ALL)).isEqualTo(11);
        }
    }

    @Test
    void a_decision_that_is_recorded_twice_is_kept_once() {
        try (Ledger ledger = open()) {
            for (int i = 0; i < 2; i++) {
                ledger.record(decision("same", NOON.plusSeconds(i)));
                ledger.flush();
            }
            assertThat(ledger.newestDecisions(10))
                    .extracting(KeptDecision::createdAt)
                    .containsExactly(NOON);
            assertThat(ledger.lost()).isZero();
        }
    }

    @Test
    void closing_writes_what_waits() {
        try (Ledger ledger = open()) {
            for (int i = 0; i < 1_000; i++) {
                ledger.record(decision("decision " + i, NOON.plusSeconds(i)));
            }
        }
        try (Ledger ledger = open()) {
            assertThat(ledger.newestDecisions(2_000)).hasSize(1_000);
        }
    }

    @Test
    void old_decisions_are_forgotten_and_versions_are_not() {
        try (Ledger ledger = open()) {
            ledger.keep(version("a", NOON.minusSeconds(9_999), Origin.LOADED));
            for (int i = 0; i < 2_500; i++) {
                ledger.record(decision("old " + i, NOON.minusMillis(1 + i)));
            }
            ledger.record(decision("young", NOON));

            assertThat(ledger.forgetDecisions(NOON)).isEqualTo(2_500);

            assertThat(ledger.newestDecisions(10)).extracting(KeptDecision::id).containsExactly("young");
            assertThat(ledger.versions()).hasSize(1);
        }
    }

    @Test
    void a_version_is_kept_once_with_its_first_origin() {
        KeptVersion version = version("a", NOON, Origin.LOADED);
        try (Ledger ledger = open()) {
            ledger.keep(version);
            ledger.keep(version("a", NOON.plusSeconds(9), Origin.PUBLISHED));
            assertThat(ledger.versions()).containsExactly(new PastVersion(version, null));
            assertThat(ledger.findVersion(version.id())).contains(version);
        }
    }

    @Test
    void the_history_has_the_newest_version_first_and_says_when_each_was_last_in_force() {
        KeptVersion first = version("a", NOON, Origin.LOADED);
        KeptVersion second = version("b", NOON.plusSeconds(1), Origin.PUBLISHED);
        try (Ledger ledger = open()) {
            ledger.keep(first);
            ledger.keep(second);
            ledger.record(new Activation(first.id(), NOON, Origin.LOADED, null));
            ledger.record(new Activation(second.id(), NOON.plusSeconds(2), Origin.PUBLISHED, null));
            ledger.record(new Activation(first.id(), NOON.plusSeconds(3), Origin.ACTIVATED, "the new one was wrong"));
            assertThat(ledger.versions())
                    .containsExactly(
                            new PastVersion(second, NOON.plusSeconds(2)), new PastVersion(first, NOON.plusSeconds(3)));
        }
    }

    @Test
    void a_version_is_found_by_the_first_digits_that_tell_it_apart() {
        KeptVersion one = versionWithId("sha256:" + "0".repeat(63) + "1");
        KeptVersion two = versionWithId("sha256:" + "0".repeat(63) + "2");
        KeptVersion other = versionWithId("sha256:f00d" + "0".repeat(60));
        try (Ledger ledger = open()) {
            List.of(one, two, other).forEach(ledger::keep);
            assertThat(ledger.findVersion("f00d")).contains(other);
            assertThat(ledger.findVersion("sha256:f00d0")).contains(other);
            assertThat(ledger.findVersion("f00")).as("too short").isEmpty();
            assertThat(ledger.findVersion("f00e")).isEmpty();
            assertThat(ledger.findVersion("%")).isEmpty();
            assertThat(ledger.findVersion("0".repeat(63) + "2")).contains(two);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ledger.findVersion("0000"))
                    .withMessageContaining("2 versions");
        }
    }

    @Test
    void many_read_while_one_writes() throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(4);
        AtomicBoolean writing = new AtomicBoolean(true);
        try (Ledger ledger = open()) {
            List<Future<Integer>> reads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                reads.add(readers.submit(() -> {
                    int seen = 0;
                    while (writing.get()) {
                        int now = ledger.newestDecisions(Integer.MAX_VALUE).size();
                        assertThat(now).isGreaterThanOrEqualTo(seen);
                        seen = now;
                    }
                    return seen;
                }));
            }
            for (int i = 0; i < 2_000; i++) {
                ledger.record(decision("decision " + i, NOON.plusSeconds(i)));
                if (i % 100 == 0) {
                    ledger.keep(version("version " + i, NOON, Origin.PUBLISHED));
                }
            }
            ledger.flush();
            writing.set(false);
            for (Future<Integer> read : reads) {
                assertThat(read.get()).isLessThanOrEqualTo(2_000);
            }
            assertThat(ledger.newestDecisions(3_000)).hasSize(2_000);
            assertThat(ledger.versions()).hasSize(20);
            assertThat(ledger.lost()).isZero();
            assertThat(ledger.findProblem()).isEmpty();
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void what_no_database_takes_is_replaced_and_loses_nothing() {
        try (Ledger ledger = open()) {
            ledger.record(new Activation("a", NOON, Origin.ACTIVATED, "because \0 and \ud83d", "dora"));
            ledger.record(decision("kept", NOON));
            ledger.flush();
            assertThat(ledger.newestActivations(10))
                    .extracting(Activation::reason)
                    .containsExactly("because \ufffd and ?");
            assertThat(ledger.findDecision("kept")).isPresent();
            assertThat(ledger.lost()).isZero();
        }
    }

    @Test
    void a_version_is_put_in_force_with_its_files_by_whoever_saw_the_one_before() {
        KeptVersion first = version("a", NOON, Origin.LOADED);
        KeptVersion second = version("b", NOON.plusSeconds(1), Origin.PUBLISHED);
        Map<String, byte[]> files = Map.of(Digests.of("a file"), "a file".getBytes(StandardCharsets.UTF_8));
        try (Ledger ledger = open()) {
            assertThat(ledger.inForce()).isEmpty();
            assertThat(ledger.putInForce(second, files, activation(second, 0), first.id()))
                    .as("nothing is in force")
                    .isFalse();
            assertThat(ledger.putInForce(first, files, activation(first, 0), null))
                    .isTrue();
            assertThat(ledger.putInForce(first, files, activation(first, 1), null))
                    .as("something is in force by now")
                    .isFalse();
            assertThat(ledger.putInForce(second, files, activation(second, 2), first.id()))
                    .isTrue();
            assertThat(ledger.putInForce(first, files, activation(first, 3), first.id()))
                    .isFalse();

            assertThat(ledger.inForce()).contains(second);
            assertThat(ledger.inForceId()).contains(second.id());
            assertThat(ledger.versions()).hasSize(2);
            assertThat(ledger.newestActivations(9)).hasSize(2);
            assertThat(ledger.findFile(Digests.of("a file")).orElseThrow())
                    .asString()
                    .isEqualTo("a file");
            assertThat(ledger.findFile(Digests.of("another"))).isEmpty();
        }
    }

    @Test
    void of_several_that_saw_the_same_version_one_puts_another_in_force() throws Exception {
        ExecutorService services = Executors.newFixedThreadPool(4);
        CyclicBarrier together = new CyclicBarrier(4);
        try (Ledger ledger = open()) {
            KeptVersion first = version("first", NOON, Origin.LOADED);
            assertThat(ledger.putInForce(first, Map.of(), activation(first, 0), null))
                    .isTrue();
            String before = first.id();
            for (int round = 1; round <= 10; round++) {
                List<Future<KeptVersion>> sent = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    KeptVersion next = version("round " + round + " of " + i, NOON, Origin.PUBLISHED);
                    Activation activation = activation(next, round);
                    String seen = before;
                    sent.add(services.submit(() -> {
                        together.await();
                        return ledger.putInForce(next, Map.of(), activation, seen) ? next : null;
                    }));
                }
                List<String> done = new ArrayList<>();
                for (Future<KeptVersion> each : sent) {
                    if (each.get() != null) {
                        done.add(each.get().id());
                    }
                }
                assertThat(done).hasSize(1);
                assertThat(ledger.inForceId()).contains(done.get(0));
                before = done.get(0);
            }
            assertThat(ledger.newestActivations(99)).hasSize(11);
        } finally {
            services.shutdownNow();
        }
    }

    @Test
    void a_job_is_worked_on_by_one_and_gone_on_with_by_another() throws Exception {
        KeptRescore job = KeptRescore.wanted(
                "job", NOON, "dora", "v", Manifest.of(Map.of("rules/policy.xlsx", Digests.of("p"))), NOON, NOON, 5);
        DecisionLog.Position first = new DecisionLog.Position(NOON, "d1");
        DecisionLog.Position second = new DecisionLog.Position(NOON, "d2");
        Instant muchLater = NOON.plusSeconds(9_999);
        try (Ledger ledger = open()) {
            ledger.rescores(jobs -> {
                jobs.add(job, Map.of(Digests.of("p"), "p".getBytes(StandardCharsets.UTF_8)));
                assertThat(jobs.find("job")).contains(job);
                assertThat(jobs.unended()).isEqualTo(1);
                assertThat(jobs.claim("one", NOON).orElseThrow().state()).isEqualTo(JobState.RUNNING);
                assertThat(jobs.claim("other", NOON)).as("is taken").isEmpty();
                assertThat(jobs.add("job", "one", 0, List.of("a", "b"), first, NOON))
                        .isTrue();
                assertThat(jobs.add("job", "one", 0, List.of("a", "b"), first, NOON))
                        .as("is there")
                        .isFalse();
                assertThat(jobs.claim("other", muchLater).orElseThrow())
                        .as("the lease is over")
                        .extracting(KeptRescore::done, KeptRescore::parts, KeptRescore::last)
                        .containsExactly(2L, 1, first);
                assertThat(jobs.add("job", "one", 1, List.of("c"), second, muchLater))
                        .as("is another's")
                        .isFalse();
                assertThat(jobs.add("job", "other", 1, List.of("c"), second, muchLater))
                        .isTrue();
                jobs.giveBack("other");
                assertThat(jobs.claim("third", muchLater)).isPresent();
                assertThat(jobs.end("job", "other", JobState.DONE, "sums", muchLater))
                        .isFalse();
                assertThat(jobs.end("job", "third", JobState.DONE, "sums", muchLater))
                        .isTrue();
                assertThat(jobs.claim("third", muchLater.plusSeconds(9_999))).isEmpty();
                List<String> lines = new ArrayList<>();
                jobs.forEachLine("job", lines::add);
                assertThat(lines).containsExactly("a", "b", "c");
                jobs.forget(muchLater);
                assertThat(jobs.find("job").orElseThrow().result()).isEqualTo("sums");
                jobs.forget(muchLater.plusSeconds(1));
                assertThat(jobs.find("job")).isEmpty();
                return true;
            });
        }
    }

    @Test
    void a_long_workbook_is_scored_by_one_and_begun_anew_by_another() {
        byte[] upload = new byte[4_500_000];
        new Random(7).nextBytes(upload);
        byte[] made = Arrays.copyOf(upload, 2_500_000);
        KeptWorkbook job = KeptWorkbook.wanted("job", NOON, "dora", "große\0.xlsx", "v", LocalDate.of(2026, 11, 22));
        Instant muchLater = NOON.plusSeconds(9_999);
        KeptDecision decided = decision("decided by the job", NOON);
        try (Ledger ledger = open()) {
            boolean isDone = ledger.workbooks(jobs -> {
                assertThat(jobs.add(job, upload, 1, 4_499_999)).as("too large").isFalse();
                assertThat(jobs.add(job, upload, 1, 9_000_000)).isTrue();
                assertThat(jobs.add(job, upload, 1, 99_000_000)).as("too many").isFalse();
                assertThat(jobs.find("job").orElseThrow().name()).isEqualTo("große\ufffd.xlsx");
                assertThat(jobs.claim("one", NOON).orElseThrow().attempts()).isEqualTo(1);
                assertThat(jobs.claim("other", NOON)).as("is taken").isEmpty();
                assertThat(jobs.reached("job", "one", "judging", 3, 9, NOON)).isTrue();
                assertThat(jobs.find("job").orElseThrow())
                        .extracting(KeptWorkbook::state, KeptWorkbook::phase, KeptWorkbook::done, KeptWorkbook::total)
                        .containsExactly(JobState.RUNNING, "judging", 3L, 9L);
                assertThat(jobs.add("job", "one", Content.WORKBOOK, new ByteArrayInputStream(upload)))
                        .isTrue();
                assertThat(jobs.claim("other", muchLater).orElseThrow())
                        .as("the lease is over")
                        .extracting(KeptWorkbook::attempts, KeptWorkbook::done)
                        .containsExactly(2, 0L);
                assertThat(jobs.open("job", Content.WORKBOOK))
                        .as("what the first one made")
                        .isEmpty();
                assertThat(jobs.reached("job", "one", "judging", 4, 9, muchLater))
                        .isFalse();
                assertThat(jobs.add("job", "one", Content.WORKBOOK, new ByteArrayInputStream(made)))
                        .isFalse();
                jobs.giveBack("other");
                assertThat(jobs.claim("third", muchLater).orElseThrow().attempts())
                        .as("who stops has not failed")
                        .isEqualTo(2);
                assertThat(jobs.read("job", Content.UPLOAD).orElseThrow()).isEqualTo(upload);
                assertThat(jobs.add("job", "third", Content.WORKBOOK, new ByteArrayInputStream(made)))
                        .isTrue();
                assertThat(jobs.done("job", "one", 7, 1, List.of(decision("twice", NOON)), muchLater))
                        .isFalse();
                assertThat(jobs.done("job", "third", 7, 1, List.of(decided), muchLater))
                        .isTrue();
                assertThat(jobs.claim("third", muchLater.plusSeconds(9_999))).isEmpty();
                assertThat(jobs.read("job", Content.WORKBOOK).orElseThrow()).isEqualTo(made);
                assertThat(jobs.open("job", Content.UPLOAD))
                        .as("is needed no more")
                        .isEmpty();
                return true;
            });
            assertThat(isDone).isTrue();
            assertThat(ledger.newestDecisions(9)).containsExactly(decided);
            isDone = ledger.workbooks(jobs -> {
                KeptWorkbook next = KeptWorkbook.wanted("next", NOON, null, null, "v", job.asOf());
                assertThat(jobs.forget(muchLater)).isZero();
                assertThat(jobs.add(next, made, 1, 5_000_000)).isTrue();
                assertThat(jobs.add(KeptWorkbook.wanted("more", NOON, null, null, "v", job.asOf()), made, 9, 5_000_000))
                        .as("what has ended makes room")
                        .isTrue();
                assertThat(jobs.find("job")).isEmpty();
                assertThat(jobs.claim("one", NOON)).isPresent();
                assertThat(jobs.failed("more", "one", "{}", NOON)).isTrue();
                jobs.delete("next");
                assertThat(jobs.claim("one", muchLater)).isEmpty();
                assertThat(jobs.find("more").orElseThrow().failure()).isEqualTo("{}");
                assertThat(jobs.forget(NOON.plusSeconds(1))).isEqualTo(1);
                return true;
            });
            assertThat(isDone).isTrue();
        }
    }

    @Test
    void who_reads_a_file_of_a_job_that_is_deleted_meanwhile_is_told_so() throws Exception {
        KeptWorkbook job = KeptWorkbook.wanted("job", NOON, null, null, "v", LocalDate.of(2026, 11, 22));
        try (Ledger ledger = open();
                InputStream file = ledger.workbooks(jobs -> {
                    jobs.add(job, new byte[3_000_000], 1, 9_000_000);
                    return jobs.open("job", Content.UPLOAD).orElseThrow();
                })) {
            assertThat(file.readNBytes(1_000)).hasSize(1_000);
            assertThat(ledger.<Boolean>workbooks(jobs -> {
                        jobs.delete("job");
                        return true;
                    }))
                    .isTrue();
            assertThatIOException().isThrownBy(file::readAllBytes).withMessageContaining("deleted");
        }
    }

    @Test
    void what_is_asked_again_with_the_same_key_is_worked_on_once() {
        Instant longAgo = NOON.minusSeconds(300);
        byte[] body = "{\"größer\": true}".getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = Map.of("Content-Type", "application/json", "Vary", "Accept");
        try (Ledger asked = open();
                Ledger other = open()) {
            assertThat(begin(asked, "key", "request", "one", NOON).isMine()).isTrue();
            KeptRepeats.Known known = begin(other, "key", "request", "two", NOON);
            assertThat(known.isMine()).isFalse();
            assertThat(known.given()).as("in progress").isNull();
            assertThat(begin(other, "key", "another", "two", NOON).request()).isEqualTo("request");
            assertThat(begin(other, "key", "another", "two", NOON.plusSeconds(301))
                            .isMine())
                    .as("another request")
                    .isFalse();
            assertThat(begin(other, "key", "request", "two", NOON.plusSeconds(301))
                            .isMine())
                    .as("the first one never came to its end")
                    .isTrue();
            KeptRepeats.Given given = new KeptRepeats.Given(200, headers, body);
            assertThat(asked.<Boolean>repeats(all -> all.end("key", "one", given)))
                    .isFalse();
            assertThat(other.<Boolean>repeats(all -> all.end("key", "two", given)))
                    .isTrue();
            KeptRepeats.Given again = begin(asked, "key", "request", "three", NOON.plusSeconds(9_999))
                    .given();
            assertThat(again).isNotNull();
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.headers()).isEqualTo(headers);
            assertThat(again.body()).isEqualTo(body);

            assertThat(begin(asked, "fails", "request", "one", NOON).isMine()).isTrue();
            assertThat(asked.<Boolean>repeats(all -> {
                        all.giveUp("fails", "one");
                        all.giveUp("key", "two");
                        return true;
                    }))
                    .isTrue();
            assertThat(begin(other, "fails", "request", "two", NOON).isMine()).isTrue();
            assertThat(asked.<Boolean>repeats(
                            all -> all.end("fails", "two", new KeptRepeats.Given(200, Map.of(), null))))
                    .isTrue();
            assertThat(begin(other, "fails", "request", "three", NOON).given().body())
                    .as("too long to be kept")
                    .isNull();
            assertThat(asked.<Boolean>repeats(all -> {
                        all.forget(longAgo, 1, 9_999);
                        return true;
                    }))
                    .isTrue();
            assertThat(begin(other, "fails", "request", "four", NOON).isMine())
                    .as("more than one, so the oldest go")
                    .isTrue();
            assertThat(begin(other, "fails", "request", "five", NOON.plusSeconds(90_000))
                            .isMine())
                    .as("after a day")
                    .isTrue();
        }
    }

    private static KeptRepeats.Known begin(Ledger ledger, String key, String request, String owner, Instant now) {
        return ledger.repeats(
                all -> all.begin(key, request, owner, now, now.minusSeconds(300), now.minusSeconds(86_400)));
    }

    @Test
    void what_waits_for_a_second_person_is_there_for_every_service_up_to_a_size() {
        byte[] file = {1, 0, 2};
        KeptApproval first = new KeptApproval(
                "first", NOON, "edda", "the board\0 wants it", "rules/policy.xlsx", file, "*", "{\"cases\": []}");
        KeptApproval second =
                new KeptApproval("second", NOON.plusSeconds(1), "egon", "back", "sha256:1", null, "sha256:2", "{}");
        try (Ledger asked = open();
                Ledger other = open()) {
            assertThat(asked.<Boolean>approvals(all -> all.add(first, 5))).isTrue();
            assertThat(other.<Boolean>approvals(all -> all.add(second, 5))).isTrue();
            KeptApproval third = new KeptApproval("third", NOON, "edda", "-", "rules/policy.xlsx", file, "*", "{}");
            assertThat(other.<Boolean>approvals(all -> all.add(third, 5)))
                    .as("too much together")
                    .isFalse();
            List<KeptApproval> waiting = other.approvals(WaitingApprovals::all);
            assertThat(waiting).extracting(KeptApproval::id).containsExactly("first", "second");
            assertThat(waiting.get(0).content()).containsExactly(file);
            assertThat(waiting.get(0).reason()).isEqualTo("the board\ufffd wants it");
            assertThat(waiting.get(1)).isEqualTo(second);
            other.approvals(all -> {
                all.forget(NOON.plusSeconds(1));
                all.delete("none");
                return true;
            });
            assertThat(asked.<Optional<KeptApproval>>approvals(all -> all.find("first")))
                    .isEmpty();
            assertThat(asked.<Optional<KeptApproval>>approvals(all -> all.find("second")))
                    .contains(second);
        }
    }

    private static Activation activation(KeptVersion version, int seconds) {
        return new Activation(version.id(), NOON.plusSeconds(seconds), Origin.PUBLISHED, null);
    }

    static KeptDecision decision(String id, Instant createdAt) {
        return new KeptDecision(
                id,
                createdAt,
                Digests.of("version"),
                "{}",
                "{}",
                LocalDate.of(2026, 11, 22),
                Duration.ofMillis(3),
                null);
    }

    static KeptVersion version(String content, Instant createdAt, Origin origin) {
        Manifest manifest = Manifest.of(Map.of("rules/my policy.xlsx", Digests.of(content)));
        return new KeptVersion(
                Digests.of(manifest.text()),
                createdAt,
                origin,
                null,
                manifest,
                Digests.of("c"),
                Digests.of("r"),
                "0.1.0",
                null);
    }

    static KeptVersion versionWithId(String id) {
        return new KeptVersion(id, NOON, Origin.LOADED, null, Manifest.of(Map.of()), "c", "r", "0.1.0", null);
    }
}
