package quartermaster.workbook.upload;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import quartermaster.catalogue.LooseNames;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.unit.Ids;
import quartermaster.unit.Place;
import quartermaster.unit.Records;

/**
 * A row of the sheet {@code Workload}.
 *
 * @param said what it asks for, without candidates
 * @param cells by JSON pointer of the field that each is for
 * @param sound false for a row with mistakes: then only its name counts
 * @param at where the row begins
 */
public record WorkloadRow(DecisionRequest said, Map<String, Place> cells, boolean sound, Place at) {
    public WorkloadRow {
        cells = Map.copyOf(cells);
    }

    /** What candidates call it. */
    Optional<String> name() {
        return Optional.ofNullable(said.workload().name());
    }

    boolean isCalled(String name) {
        return name().map(Ids::normalise).equals(Optional.of(Ids.normalise(name)));
    }

    /** The same with several models to choose from, where the cell for one names them. */
    WorkloadRow severalModels(LooseNames known) {
        String model = said.workload().model();
        return model == null
                ? this
                : RequestCells.severalIn(model, part -> known.findModel(part).isPresent())
                        .map(parts -> {
                            Map<String, Place> places = new HashMap<>(cells);
                            places.put("/workload/models", cells.getOrDefault("/workload/model", at));
                            return new WorkloadRow(
                                    Records.with(Records.with(said, "workload.model", null), "workload.models", parts),
                                    places,
                                    sound,
                                    at);
                        })
                        .orElse(this);
    }

    boolean saysTheSame(WorkloadRow other) {
        return said.equals(other.said);
    }

    /** Its request with some candidates; every one of them comes back, with each of several models. */
    public DecisionRequest request(List<Candidate> candidates, LocalDate asOf, Explain explain) {
        return new DecisionRequest(
                said.workload(),
                said.budget(),
                said.skills(),
                said.constraints(),
                candidates,
                asOf,
                explain,
                Math.max(
                        DecisionRequest.DEFAULT_LIMIT,
                        candidates.size() * Math.max(1, said.workload().models().size())));
    }
}
