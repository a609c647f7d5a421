package quartermaster.workbook.score;

import static quartermaster.workbook.pen.ResultColumn.number;
import static quartermaster.workbook.pen.ResultColumn.text;
import static quartermaster.workbook.pen.ResultColumn.wrapped;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Named;
import quartermaster.decision.Contribution;
import quartermaster.decision.Decision;
import quartermaster.decision.Finding;
import quartermaster.decision.StepVerdict;
import quartermaster.estimate.resolution.Assumption;
import quartermaster.unit.Choice;
import quartermaster.unit.Place;
import quartermaster.workbook.pen.ResultColumn;
import quartermaster.workbook.pen.ValueFormat;

/**
 * One thing that was said: points of a step, a finding of a rule, or something that was assumed.
 *
 * @param kind {@code points}, {@code rejection}, {@code warning}, {@code note}, {@code assumption} or {@code reading}
 * @param candidate null for what concerns the workload as a whole
 */
record ExplanationRow(
        String workload,
        @Nullable String candidate,
        @Nullable String step,
        String kind,
        @Nullable String code,
        @Nullable StepVerdict verdict,
        @Nullable Double weight,
        @Nullable Double points,
        @Nullable Double score,
        String message,
        @Nullable String remedy,
        @Nullable Place at) {

    static List<ResultColumn<ExplanationRow>> columns() {
        return List.of(
                wrapped("Workload", 22, ExplanationRow::workload),
                wrapped("Candidate", 34, ExplanationRow::candidate),
                text("Step", 18, ExplanationRow::step),
                text("Kind", 12, ExplanationRow::kind),
                wrapped("Code", 26, ExplanationRow::code),
                text("Verdict", 15, ExplanationRow::verdict),
                number("Weight", 9, ValueFormat.WHOLE, ExplanationRow::weight),
                number("Points", 9, ValueFormat.WHOLE, ExplanationRow::points),
                number("Score", 9, ValueFormat.TWO_DECIMALS, ExplanationRow::score),
                wrapped("Message", 62, ExplanationRow::message),
                wrapped("Remedy", 44, ExplanationRow::remedy),
                wrapped("Where", 28, ExplanationRow::file),
                wrapped("Cell or line", 22, ExplanationRow::place));
    }

    static List<ExplanationRow> assumptions(String workload, Decision decision) {
        return decision.assumptions().stream()
                .map(each -> assumption(workload, each, decision))
                .toList();
    }

    static List<ExplanationRow> of(JudgedCandidate pair) {
        List<ExplanationRow> rows = new ArrayList<>();
        pair.recommendation().steps().forEach(each -> rows.add(points(pair, each)));
        pair.recommendation().findings().forEach(each -> rows.add(finding(pair, each)));
        return rows;
    }

    /** A name that was taken for another. */
    static ExplanationRow reading(String workload, String message) {
        return new ExplanationRow(workload, null, null, "reading", null, null, null, null, null, message, null, null);
    }

    private static ExplanationRow assumption(String workload, Assumption assumed, Decision decision) {
        String value = assumed.value() instanceof Double number
                ? quartermaster.unit.Numbers.plain(number)
                : named(assumed.value().toString(), decision);
        return new ExplanationRow(
                workload,
                null,
                null,
                "assumption",
                assumed.field(),
                null,
                null,
                null,
                null,
                value + ": " + assumed.because(),
                null,
                null);
    }

    /** A model or a precision that was judged, by its name. */
    private static String named(String id, Decision decision) {
        return Stream.concat(decision.ranked().stream(), decision.rejected().stream())
                .filter(each -> !each.assessment().isHosted())
                .<Named>flatMap(each ->
                        Stream.of(each.assessment().model(), each.assessment().quantization()))
                .filter(each -> each.id().equals(id))
                .findFirst()
                .map(Named::name)
                .orElse(id);
    }

    private static ExplanationRow points(JudgedCandidate pair, Contribution step) {
        return new ExplanationRow(
                pair.workload(),
                pair.label() + ", " + pair.software(),
                step.step().id(),
                "points",
                step.rule(),
                step.verdict(),
                step.weight(),
                step.points(),
                step.score(),
                step.because(),
                null,
                step.at());
    }

    private static ExplanationRow finding(JudgedCandidate pair, Finding finding) {
        return new ExplanationRow(
                pair.workload(),
                pair.label() + ", " + pair.software(),
                finding.step() == null ? null : finding.step().id(),
                Choice.id(finding.severity()),
                finding.code(),
                null,
                null,
                null,
                null,
                finding.message(),
                finding.remedy(),
                finding.at());
    }

    private @Nullable String file() {
        return at == null ? null : at.file();
    }

    private @Nullable String place() {
        if (at instanceof Place.Line line) {
            return "line " + line.line();
        }
        return at instanceof Place.Cell cell ? cell.withoutFile().toString() : null;
    }
}
