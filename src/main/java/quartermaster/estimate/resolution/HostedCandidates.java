package quartermaster.estimate.resolution;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.HostedApi;
import quartermaster.estimate.Demand;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.estimate.Estimator;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.unit.Choice;
import quartermaster.unit.Ids;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** Who serves a model by the token. */
final class HostedCandidates {
    private final Catalogue catalogue;
    private final Estimator estimator;

    HostedCandidates(Catalogue catalogue, Estimator estimator) {
        this.catalogue = catalogue;
        this.estimator = estimator;
    }

    /** Who serves the model by the token, each a candidate of its own; nobody trains it so. */
    Stream<EstimatedDeployment> all(int firstGroup, Demand demand) {
        List<HostedApi> serving = demand.training() == null ? catalogue.apisFor(demand.model()) : List.of();
        return IntStream.range(0, serving.size())
                .mapToObj(i -> estimator.hosted(demand, firstGroup + i, serving.get(i)));
    }

    /** Everybody who serves the model and is meant, as variants of one candidate. */
    List<EstimatedDeployment> meant(Candidate candidate, int index, Demand demand, List<Problem> problems) {
        String name = candidate.offer() == null ? candidate.hardware() : candidate.offer();
        List<HostedApi> serving = catalogue.apisFor(demand.model());
        List<HostedApi> meant =
                serving.stream().filter(each -> each.isCalled(name)).toList();
        if (candidate.acquisition() != null && candidate.acquisition() != Acquisition.API) {
            problems.add(new Problem(
                    "out-of-range",
                    "A hosted API is neither bought, rented nor owned; found " + Choice.id(candidate.acquisition())
                            + ", expected api.",
                    new Place.Pointer("/candidates/" + index + "/acquisition")));
        }
        if (meant.isEmpty()) {
            problems.add(new Problem(
                    "unknown-hosted-api",
                    HostedApi.isAnyOne(name)
                            ? "The sheet Offers knows nobody who serves "
                                    + demand.model().name() + " by the token."
                            : "\"" + name + "\" is no hosted API for "
                                    + demand.model().id() + "."
                                    + Ids.hint(
                                            name,
                                            serving.stream().map(HostedApi::id).toList()),
                    new Place.Pointer("/candidates/" + index + (candidate.offer() == null ? "/hardware" : "/offer"))));
        }
        return meant.stream().map(each -> estimator.hosted(demand, index, each)).toList();
    }

    boolean isHosted(Candidate candidate) {
        return candidate.acquisition() == Acquisition.API || catalogue.isHostedApi(candidate.hardware());
    }
}
