package quartermaster.decision.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import quartermaster.catalogue.CommercialUse;
import quartermaster.catalogue.ConversionState;
import quartermaster.catalogue.EvidenceClass;
import quartermaster.catalogue.Quality;
import quartermaster.decision.Assessment;
import quartermaster.decision.Contribution;
import quartermaster.decision.Finding;
import quartermaster.decision.Policy;
import quartermaster.decision.PolicyRow;
import quartermaster.decision.Recommendation;
import quartermaster.decision.RuleSource;
import quartermaster.decision.Severity;
import quartermaster.decision.Step;
import quartermaster.decision.StepVerdict;
import quartermaster.decision.Verdict;
import quartermaster.estimate.Fit;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Place;

/** The judgement of {@code rules/*.drl} written out in Java: what the benchmark compares the engine with. */
final class HandWritten {
    private final Policy policy;
    private final java.util.Map<String, RuleSource> sources = new java.util.HashMap<>();

    private final java.util.Map<String, Double> limits = new java.util.HashMap<>();

    HandWritten(RuleBook rules) {
        this.policy = rules.policy();
        rules.rules().forEach(rule -> sources.put(rule.name(), rule));
        policy.thresholds().forEach(each -> limits.put(each.name(), each.value()));
    }

    List<Recommendation> judge(List<Assessment> assessments) {
        List<Recommendation> judged = new ArrayList<>(assessments.size());
        for (Assessment each : assessments) {
            judged.add(judge(each));
        }
        return judged;
    }

    private Recommendation judge(Assessment it) {
        List<Finding> findings = new ArrayList<>();
        fit(it, findings);
        workloadType(it, findings);
        concurrency(it, findings);
        budget(it, findings);
        availability(it, findings);
        List<Contribution> steps = new ArrayList<>(6);
        for (Step step : Step.values()) {
            score(it, step, steps, findings);
        }
        findings.sort(Comparator.comparing(Finding::severity)
                .thenComparing(Finding::step, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Finding::code));
        double score = 0;
        boolean caution = false;
        for (int i = 0; i < steps.size(); i++) {
            Contribution step = steps.get(i);
            score += step.score();
            caution |= step.verdict() == StepVerdict.CAUTION;
            if (rejects(findings, step.step())) {
                steps.set(i, step.ruledOut());
            }
        }
        Verdict verdict = caution ? Verdict.CAUTION : Verdict.RECOMMENDED;
        if (!findings.isEmpty()) {
            Severity worst = findings.get(0).severity();
            verdict = worst == Severity.REJECTION
                    ? Verdict.RULED_OUT
                    : worst == Severity.WARNING ? Verdict.CAUTION : verdict;
        }
        return new Recommendation(null, it, verdict, score, steps, findings);
    }

    private static boolean rejects(List<Finding> findings, Step step) {
        for (Finding finding : findings) {
            if (finding.severity() == Severity.REJECTION && finding.step() == step) {
                return true;
            }
        }
        return false;
    }

    private void score(Assessment it, Step step, List<Contribution> steps, List<Finding> findings) {
        PolicyRow row = policy.table(step).match(it).row();
        if (row == null) {
            throw new IllegalStateException("The benchmark's tables score every candidate.");
        }
        Place at = Place.row(policy.file(), step.sheet(), row.row());
        double weight = policy.weight(it.workloadType(), step);
        steps.add(new Contribution(step, weight, row.points().of(it), row.verdict(), row.because(), step.id(), at));
        if (row.verdict() == StepVerdict.RULED_OUT) {
            findings.add(new Finding(
                    Severity.REJECTION, step.id() + "-ruled-out", step, row.because(), List.of(), null, at));
        }
    }

    private void fit(Assessment it, List<Finding> findings) {
        Fit fit = it.fit();
        double headroom = it.headroomPercent();
        if (fit == Fit.NO) {
            add(
                    findings,
                    Severity.REJECTION,
                    "does-not-fit",
                    it.memory().required().gib());
        }
        if (fit != Fit.NO && headroom < limit("thin memory headroom")) {
            add(findings, Severity.WARNING, "memory-headroom-is-thin", headroom);
        }
        if (it.isApple()
                && fit != Fit.YES
                && it.requiredShareOfMachinePercent() <= 100 - limit("memory that macOS needs")) {
            add(
                    findings,
                    Severity.WARNING,
                    "raise-gpu-memory-limit",
                    it.memory().required().gib());
        }
        if (it.isApple()
                && it.machineMemoryGiB() <= limit("small Mac")
                && fit != Fit.NO
                && headroom < limit("memory pressure on a small Mac")) {
            add(findings, Severity.WARNING, "mac-memory-pressure", headroom);
        }
        Double least = it.minDecodeSpeed();
        if (least != null && it.decodeSpeed() < least) {
            add(findings, Severity.REJECTION, "too-slow", it.decodeSpeed());
        }
        if (least != null && it.decodeSpeed() >= least && it.pessimisticDecodeSpeed() < least) {
            add(findings, Severity.WARNING, "may-be-too-slow", it.decodeSpeed());
        }
        Double longest = it.maxTimeToFirstToken();
        if (longest != null && it.timeToFirstTokenP95() > longest) {
            add(findings, Severity.REJECTION, "slow-first-token", it.timeToFirstTokenP95());
        }
        if (longest != null && it.timeToFirstTokenP95() <= longest && it.pessimisticTimeToFirstToken() > longest) {
            add(findings, Severity.WARNING, "first-token-may-be-slow", it.timeToFirstTokenP95());
        }
        if (fit != Fit.NO && it.speedLossAtFullContextPercent() > limit("speed loss at full context")) {
            add(findings, Severity.WARNING, "long-context-collapse", it.speedLossAtFullContextPercent());
        }
        if (it.isTraining() && fit != Fit.NO) {
            add(
                    findings,
                    Severity.WARNING,
                    "training-memory",
                    it.memory().required().gib());
        }
        if (it.quality() == Quality.DEGRADED || it.quality() == Quality.POOR) {
            add(findings, Severity.WARNING, "precision-loss", it.quantization().bitsPerWeight());
        }
        if (it.evidence() == EvidenceClass.SPECIFICATION) {
            add(findings, Severity.WARNING, "thin-evidence", it.hardware().name());
        }
        if (it.evidence() == EvidenceClass.FAMILY) {
            add(findings, Severity.NOTE, "family-evidence");
        }
    }

    private void workloadType(Assessment it, List<Finding> findings) {
        boolean production = it.workloadType() == WorkloadType.PRODUCTION;
        if (production && it.replicas() == 1) {
            add(findings, Severity.WARNING, "single-replica-in-production");
        }
        if (it.isMobile() && it.workloadType() != WorkloadType.EVALUATION) {
            add(findings, Severity.WARNING, "laptop-throttles");
        }
        if (it.mustBeMobile() && !it.isMobile()) {
            add(findings, Severity.REJECTION, "laptop-needed", it.hardware().name());
        }
        if (it.isProjected()) {
            boolean allowed = it.allowsProjected();
            add(
                    findings,
                    allowed ? Severity.WARNING : Severity.REJECTION,
                    allowed ? "projected-hardware-allowed" : "projected-hardware",
                    it.hardware().name());
        }
        if (it.isDiscontinued() && it.isBought()) {
            add(findings, Severity.WARNING, "sold-used-only", it.hardware().name());
        }
        Double late = it.weeksTooLate();
        if (late != null && late > 0) {
            add(findings, Severity.WARNING, "lead-time-too-long", late);
        }
        if (it.isConstrained() && it.isBought()) {
            add(findings, Severity.NOTE, "supply-is-constrained", it.hardware().name(), it.leadTimeInWords());
        }
    }

    private void concurrency(Assessment it, List<Finding> findings) {
        boolean batch = it.workloadType() == WorkloadType.BATCH;
        String local = it.isApple() ? "requests at once on a Mac" : "requests at once without continuous batching";
        String limit = batch ? "batch requests without continuous batching" : local;
        if (!it.batchesContinuously() && it.concurrency() > limit(limit)) {
            String code = batch ? "no-continuous-batching-for-batch" : "no-continuous-batching";
            add(findings, Severity.REJECTION, code, it.engine().name());
        }
        if (it.fit() != Fit.NO
                && !it.isTraining()
                && it.loadPercent() > it.plannedLoadPercent()
                && it.concurrency() > 1
                && (it.workloadType() == WorkloadType.PRODUCTION || it.replicasAreFixed())) {
            add(findings, Severity.WARNING, "near-saturation", it.loadPercent());
        }
        if (it.machinesPerReplica() > 1) {
            add(findings, Severity.WARNING, "several-machines", it.machinesPerReplica());
        }
        if (!it.isProductionServer() && it.workloadType() == WorkloadType.PRODUCTION) {
            add(
                    findings,
                    Severity.WARNING,
                    "not-a-production-server",
                    it.engine().name());
        }
    }

    private void budget(Assessment it, List<Finding> findings) {
        Double used = it.budgetUsedPercent();
        if (used != null && used > 100) {
            add(findings, Severity.REJECTION, "over-budget", used, it.costInWords());
        }
        if (used != null && used > limit("near budget") && used <= 100) {
            add(findings, Severity.WARNING, "near-budget", used, it.costInWords());
        }
        if (it.isRented() && (it.isOffline() || it.dataMustStay())) {
            add(findings, Severity.REJECTION, "rental-forbidden");
        }
        if (it.isRented() && !it.isOffered()) {
            add(findings, Severity.REJECTION, "not-for-rent", it.hardware().name());
        }
        if (it.isBought() && it.purchaseUsd() == null) {
            add(findings, Severity.WARNING, "price-unknown", it.hardware().name());
        }
        Double age = it.priceAgeDays();
        if (!it.isOwned() && age != null && age > limit("stale price")) {
            add(findings, Severity.NOTE, "stale-price", it.priceAsOf(), age);
        }
        if (it.isSpot() && it.workloadType() == WorkloadType.PRODUCTION) {
            add(findings, Severity.REJECTION, "spot-price-in-production");
        }
        Double price = it.purchaseUsd();
        if (it.isBought()
                && price != null
                && (it.isInMachineRoom() || it.machines() > 1)
                && it.utilizationPercent() < limit("idle hardware: utilization")) {
            add(findings, Severity.WARNING, "idle-hardware", price);
        }
        if (it.isRented() && "hyperscaler".equals(it.offerTier())) {
            add(findings, Severity.NOTE, "hyperscaler-price");
        }
        if (it.missingSkills() > 0) {
            add(findings, Severity.WARNING, "skills-missing", it.missingSkillsInWords());
        }
    }

    private void availability(Assessment it, List<Finding> findings) {
        ConversionState state = it.formatState();
        if (state == ConversionState.UNSUPPORTED) {
            add(
                    findings,
                    Severity.REJECTION,
                    "architecture-unsupported",
                    it.engine().name());
        }
        if (state == ConversionState.CONVERTIBLE) {
            boolean mlx = it.engineId().equals("mlx");
            add(
                    findings,
                    Severity.WARNING,
                    mlx ? "mlx-conversion-pending" : "gguf-conversion-pending",
                    it.model().name());
        }
        if (!it.engineRunsHere()) {
            add(
                    findings,
                    Severity.REJECTION,
                    "engine-does-not-run-here",
                    it.engine().name());
        } else if (!it.precisionLoadsHere()) {
            add(
                    findings,
                    Severity.REJECTION,
                    "precision-not-available",
                    it.engine().name());
        }
        Integer longest = it.modelMaxContext();
        Integer trained = it.modelNativeContext();
        if (longest != null && it.contextTokens() > longest) {
            add(findings, Severity.REJECTION, "context-beyond-model", it.contextTokens());
        }
        if (trained != null && it.contextTokens() > trained && (longest == null || it.contextTokens() <= longest)) {
            add(findings, Severity.NOTE, "context-beyond-native", it.contextTokens());
        }
        boolean trying = it.workloadType() == WorkloadType.EVALUATION;
        if (it.commercialUse() == CommercialUse.NO) {
            add(
                    findings,
                    trying ? Severity.WARNING : Severity.REJECTION,
                    trying ? "licence-allows-trying-only" : "licence-forbids-use",
                    it.model().name());
        }
        if (it.commercialUse() == CommercialUse.CONDITIONAL) {
            add(
                    findings,
                    Severity.NOTE,
                    "licence-has-conditions",
                    it.model().name(),
                    it.model().licence());
        }
    }

    private void add(List<Finding> findings, Severity severity, String code, Object... values) {
        RuleSource source = sources.get(code);
        findings.add(new Finding(severity, code, source.step(), code, List.of(values), code, source.at()));
    }

    private double limit(String name) {
        return limits.get(name);
    }
}
