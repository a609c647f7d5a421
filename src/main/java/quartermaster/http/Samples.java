package quartermaster.http;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import quartermaster.decision.engine.Decider;
import quartermaster.http.visit.Metrics;
import quartermaster.ledger.Ledger;
import quartermaster.workspace.InForce;

/** What is measured besides requests: the gate, the ledger, and what is in force. */
final class Samples {
    private Samples() {}

    static List<Metrics.Sample> of(InForce inForce, CostlyWork costly, Keeping keeping, Clock clock) {
        Gate gate = costly.gate();
        Ledger ledger = inForce.history().ledger();
        Decider decider = inForce.decider();
        InForce.Broken broken = inForce.state().broken();
        double broke = broken == null
                ? 0
                : Duration.between(broken.since(), clock.instant()).toSeconds();
        return List.of(
                gauge("work_running", "Costly work that runs.", gate.inside()),
                gauge("work_waiting", "Costly work that waits.", gate.waiting()),
                counter("work_shed_total", "Work that was sent away (503).", gate.shed()),
                counter("work_cancelled_total", "Work whose client had gone.", costly.cancelled()),
                counter("work_overdue_total", "Work that took too long (504).", costly.overdue()),
                counter("ledger_lost_total", "Entries that could not be kept.", ledger.lost()),
                counter("ledger_errors_total", "Writes to the ledger that failed.", ledger.errors()),
                counter("answers_not_kept_total", "Answers that said that they are not kept.", keeping.notKept()),
                gauge("ledger_waiting", "Entries that wait to be written.", ledger.waiting()),
                gauge("ledger_waiting_in_file", "Entries that wait for a ledger that fails.", ledger.waitingAside()),
                gauge("ledger_bytes", "Size of the ledger's files.", ledger.bytes()),
                gauge("ledger_failing", "1 while decisions cannot be kept.", ledger.isFailing() ? 1 : 0),
                new Metrics.Sample(
                        "quartermaster_version_in_force",
                        "gauge",
                        "1 with the version that decides; 0 where there is none.",
                        "version=\""
                                + (decider == null ? "" : decider.versions().workspace()) + "\"",
                        decider == null ? 0 : 1),
                gauge("edit_not_in_force_seconds", "How long an edit waits to be mended.", broke));
    }

    private static Metrics.Sample gauge(String name, String help, double value) {
        return new Metrics.Sample("quartermaster_" + name, "gauge", help, "", value);
    }

    private static Metrics.Sample counter(String name, String help, double value) {
        return new Metrics.Sample("quartermaster_" + name, "counter", help, "", value);
    }
}
