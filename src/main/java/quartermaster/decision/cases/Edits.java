package quartermaster.decision.cases;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.Assessment;
import quartermaster.decision.Step;
import quartermaster.estimate.Deployment;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Place;

/**
 * What was changed, and which of it a difference can come from: a row that scored, a weight, a threshold that a rule
 * compares with, a rule, a row of the catalogue.
 *
 * @param thresholds the names that each rule compares with, by the rule's name
 */
public record Edits(List<KnowledgeChange> changes, Map<String, Set<String>> thresholds) {
    public static final Edits NONE = new Edits(List.of(), Map.of());

    public Edits {
        changes = List.copyOf(changes);
        thresholds = Map.copyOf(thresholds);
    }

    /** Those of the rows that scored a step before and after, and of the step's weight. */
    List<String> ofStep(WorkloadType type, Step step, @Nullable Place rowBefore, @Nullable Place rowAfter) {
        List<String> lines = new ArrayList<>();
        for (KnowledgeChange each : changes) {
            boolean nowThere = each.kind() != KnowledgeChange.Kind.REMOVED && isRow(each.at(), rowAfter);
            if (nowThere || isRow(each.before(), rowBefore)) {
                if (each.cells().isEmpty()) {
                    lines.addAll(each.lines());
                }
                each.cells().forEach(cell -> lines.add(cell.toString())); // the row is that of the score
            } else if (isOn(each, "Weights") && each.row().equals(Choice.id(type))) {
                each.cells().stream()
                        .filter(cell -> cell.column().equals(step.id()))
                        .forEach(cell -> lines.add(cell.toString()));
            }
        }
        return lines;
    }

    /** Those of a rule, and of the thresholds that it compares with. */
    List<String> ofRule(String rule, Place at) {
        Set<String> compares = thresholds.getOrDefault(rule, Set.of());
        return changes.stream()
                .filter(each -> isOn(each, "Thresholds") && compares.contains(each.row())
                        || each.at() instanceof Place.Line
                                && at.file() != null
                                && each.at().isIn(at.file()))
                .flatMap(each -> each.lines().stream())
                .toList();
    }

    /** Those of the catalogue's rows that a candidate consists of. */
    List<String> ofCandidate(Assessment assessment) {
        Deployment it = assessment.deployment();
        Set<String> ids = new HashSet<>(Set.of(
                it.hardware().id(),
                it.engine().id(),
                it.quantization().id(),
                assessment.model().id()));
        if (it.offer() != null) {
            ids.add(it.offer().id());
        }
        return changes.stream()
                .filter(each -> each.at() instanceof Place.Cell && each.at().isIn("spreadsheets/"))
                .filter(each -> ids.contains(each.row().split(", ", 2)[0]))
                .flatMap(each -> each.lines().stream())
                .toList();
    }

    /** Those that concern every candidate: defaults, efficiencies, ranges, hosts. */
    List<String> ofAll() {
        return changes.stream()
                .filter(each -> List.of("Defaults", "Efficiency", "Efficiency defaults", "Ranges", "Hosts").stream()
                        .anyMatch(sheet -> isOn(each, sheet)))
                .flatMap(each -> each.lines().stream())
                .toList();
    }

    private static boolean isOn(KnowledgeChange change, String sheet) {
        return change.at() instanceof Place.Cell cell && cell.sheet().equals(sheet);
    }

    private static boolean isRow(@Nullable Place one, @Nullable Place other) {
        return one instanceof Place.Cell a
                && other instanceof Place.Cell b
                && a.sheet().equals(b.sheet())
                && a.row() == b.row();
    }
}
