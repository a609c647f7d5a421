package quartermaster.estimate.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import quartermaster.ChangedCells;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.LooseNames;
import quartermaster.catalogue.Offer;
import quartermaster.estimate.Cost;
import quartermaster.estimate.Demand;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.estimate.Estimator;
import quartermaster.estimate.Facts;
import quartermaster.estimate.Fit;
import quartermaster.request.Acquisition;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Records;
import quartermaster.workbook.read.Workbooks;

/** Which deployments are judged for a candidate, and which for a request that names none. */
class CandidatesTest {
    private static final Catalogue CATALOGUE = TestWorkspace.catalogue();
    private static final Demand SMALL = Facts.demand(Facts.model("llama-3.1-8b"), 2000, 300, 1);
    private static final Demand LARGE = Facts.demand(Facts.model("llama-3.1-70b"), 2000, 300, 1);
    private static final Candidate H100 = Candidate.of("nvidia-h100-sxm-80gb")
            .with("acquisition", Acquisition.BUY)
            .with("engine", "vllm")
            .with("quantization", "bf16");
    private static final Candidate RTX_4090 = Candidate.of("nvidia-rtx-4090").with("acquisition", Acquisition.BUY);

    private final Candidates candidates =
            new Candidates(CATALOGUE, new LooseNames(CATALOGUE), new Estimator(CATALOGUE));

    @Test
    void devices_are_doubled_until_the_model_fits() {
        // 70.6 billion × 2 bytes = 131.5 GiB: more than one card of 80 GiB, less than 92 % of two
        assertThat(devices(of(LARGE, H100))).containsExactly(2);
        // at 100,000 tokens each of 10 requests holds 30.5 GiB of cache: beside the weights 436 of 589 GiB
        Demand crowded = Facts.demand(Facts.model("llama-3.1-70b"), 99_700, 300, 10);
        assertThat(devices(of(crowded, H100))).startsWith(4);
    }

    @Test
    void the_next_count_is_tried_too_where_one_replica_does_not_carry_all() {
        Demand many =
                Facts.demand(Facts.model("llama-3.1-8b"), 200, 50, 10_000); // an engine takes 1,024 at once at most
        assertThat(devices(of(many, H100))).containsExactly(1, 2);
        assertThat(devices(of(SMALL, H100))).containsExactly(1);
    }

    @Test
    void devices_that_were_named_are_judged_as_they_are() {
        assertThat(devices(of(LARGE, H100.with("devices", 1)))).containsExactly(1);
    }

    @Test
    void by_what_a_cloud_calls_it_an_instance_is_rented_there_with_its_devices() {
        Candidate instance = Candidate.of("p5.48xlarge").with("engine", "vllm");
        List<EstimatedDeployment> found = of(LARGE, instance);
        assertThat(devices(found)).containsOnly(8);
        assertThat(offers(found)).extracting(Offer::instance).containsOnly("p5.48xlarge");
        assertThat(offers(found)).noneMatch(Offer::isSpot);

        Candidates.Found contradicted = candidates.of(request(Constraints.NONE, instance.with("devices", 2)), LARGE);
        assertThat(contradicted.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo("two-counts");
            assertThat(problem.at()).hasToString("/candidates/0/devices");
        });
    }

    @Test
    void of_what_does_not_fit_the_one_that_comes_closest_stands_for_the_candidate() {
        Demand huge = Facts.demand(Facts.model("llama-3.1-405b"), 2000, 300, 1);
        List<EstimatedDeployment> found = of(huge, RTX_4090);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).estimate().memory().fit()).isEqualTo(Fit.NO);
        assertThat(found.get(0).deployment().devices()).isEqualTo(4); // a node takes no more
        assertThat(found.get(0).deployment().quantization().id()).isEqualTo("q3_k_m"); // the smallest considered
    }

    @Test
    void what_does_not_fit_is_left_out_beside_what_does() {
        // at 16 bits an 8B has 16 GB of weights and a 14B 29 GB; a card of 24 GiB is 25.8 GB
        Demand medium = Facts.demand(Facts.model("qwen3-14b"), 2000, 300, 1);
        List<EstimatedDeployment> found = of(medium, RTX_4090.with("devices", 1));
        assertThat(found)
                .hasSizeGreaterThan(1)
                .allMatch(each -> each.estimate().memory().fit() != Fit.NO);
        assertThat(precisions(found)).contains("q4_k_m").doesNotContain("bf16");
        assertThat(precisions(of(SMALL, RTX_4090.with("devices", 1)))).contains("bf16");
    }

    @Test
    void a_model_that_was_published_in_one_precision_is_run_in_it() {
        Demand published = Facts.demand(Facts.model("gpt-oss-20b"), 2000, 300, 1);
        assertThat(precisions(of(published, RTX_4090))).isNotEmpty().containsOnly("mxfp4");
        assertThat(precisions(of(Records.with(published, "quantization", Facts.quantization("q4_k_m")), RTX_4090)))
                .as("unless another one was asked for")
                .containsOnly("q4_k_m");
    }

    @Test
    void engines_that_nobody_named_are_those_that_are_considered_and_run_there() {
        List<String> engines = of(SMALL, RTX_4090).stream()
                .map(each -> each.deployment().engine().id())
                .distinct()
                .toList();
        assertThat(engines).contains("llama.cpp", "vllm").doesNotContain("ollama", "mlx");
        assertThat(of(SMALL, RTX_4090.with("engine", "ollama")))
                .allMatch(each -> each.deployment().engine().id().equals("ollama"));
    }

    @Test
    void what_is_owned_carries_with_the_cards_that_are_there() {
        Candidate owned = H100.with("acquisition", Acquisition.OWNED);
        Constraints five =
                Records.with(Constraints.NONE, "owned", List.of(new Constraints.Owned("nvidia-h100-sxm-80gb", 5)));
        Demand many = Records.with(SMALL, "concurrency", 10_000);
        List<EstimatedDeployment> found =
                candidates.of(request(five, owned), many).assessed();
        assertThat(devices(found)).containsExactly(1, 2, 4);
        assertThat(found).extracting(EstimatedDeployment::replicas).containsExactly(5, 2, 1); // 5 ÷ 2, 5 ÷ 4
    }

    @Test
    void what_is_said_of_no_way_to_come_by_it_is_bought_and_rented_from_each_tier_at_its_cheapest() {
        List<EstimatedDeployment> found = of(SMALL, H100.with("acquisition", null));
        assertThat(found).extracting(each -> each.deployment().acquisition()).startsWith(Acquisition.BUY);
        assertThat(offers(found))
                .extracting(offer -> offer.tier() + ", several at once: " + (offer.devicesPerInstance() > 1))
                .doesNotHaveDuplicates()
                .contains("hyperscaler, several at once: true", "neocloud, several at once: false");
        String dear = "lambda-h100-sxm-on-demand-neocloud";
        assertThat(offers(found)).extracting(Offer::id).doesNotContain(dear);
        Catalogue cheaper = ChangedCells.with("Offers", dear, "Price per device hour (USD)", 0.5);
        assertThat(offers(new Candidates(cheaper, new LooseNames(cheaper), new Estimator(cheaper))
                        .of(request(Constraints.NONE, H100.with("acquisition", null)), SMALL)
                        .assessed()))
                .extracting(Offer::id)
                .contains(dear);
    }

    @Test
    void of_prices_of_one_day_such_as_those_of_regions_the_cheaper_counts() {
        String price = "Price per device hour (USD)";
        String first = "runpod-h100-sxm-on-demand-neocloud";
        Catalogue sameDay = ChangedCells.read(Set.of("Offers"), book -> {
                    Workbooks.set(ChangedCells.cell(book.getSheet("Offers"), first, "As of"), "2026-11-09");
                    Workbooks.set(ChangedCells.cell(book.getSheet("Offers"), first + "-2", "As of"), "2026-11-09");
                    Workbooks.set(ChangedCells.cell(book.getSheet("Offers"), first + "-2", price), 0.5);
                })
                .value();
        assertThat(offers(new Candidates(sameDay, new LooseNames(sameDay), new Estimator(sameDay))
                        .of(request(Constraints.NONE, H100.with("acquisition", null)), SMALL)
                        .assessed()))
                .extracting(Offer::id)
                .contains(first + "-2");
    }

    @Test
    void what_may_be_taken_away_and_market_figures_are_not_rented() {
        assertThat(CATALOGUE.offers()).anyMatch(Offer::isSpot).anyMatch(Offer::index);
        assertThat(offers(candidates.of(request(Constraints.NONE), SMALL).assessed()))
                .noneMatch(Offer::isSpot)
                .noneMatch(Offer::index);
    }

    @Test
    void ways_to_come_by_the_same_are_estimated_once() {
        List<EstimatedDeployment> found = of(SMALL, H100.with("acquisition", null));
        assertThat(found).hasSizeGreaterThan(3);
        assertThat(found).allMatch(each -> each.estimate() == found.get(0).estimate());
        assertThat(found).extracting(each -> each.cost().monthlyUsd()).doesNotHaveDuplicates();
    }

    @Test
    void names_that_nobody_knows_are_told_all_at_once_and_the_others_are_judged() {
        DecisionRequest request = request(
                Constraints.NONE,
                Candidate.of("abacus"),
                H100.with("engine", "steam").with("quantization", "bf61"),
                H100.with("offer", "no-such-offer"),
                H100);
        Candidates.Found found = candidates.of(request, SMALL);
        assertThat(found.problems())
                .extracting(each -> each.code() + " " + each.at())
                .containsExactly(
                        "unknown-hardware /candidates/0/hardware",
                        "unknown-engine /candidates/1/engine",
                        "unknown-quantization /candidates/1/quantization",
                        "unknown-offer /candidates/2/offer");
        assertThat(found.assessed())
                .extracting(each -> each.deployment().group())
                .containsOnly(3);
        assertThat(candidates.problems(request)).isEqualTo(found.problems());
    }

    @Test
    void what_the_catalogue_offers_is_bought_or_rented_as_the_request_wants() {
        DecisionRequest any = request(Constraints.NONE);
        List<EstimatedDeployment> all = candidates.of(any, SMALL).assessed();
        List<EstimatedDeployment> rented = candidates
                .of(Records.with(any, "constraints.acquisition", Acquisition.RENT), SMALL)
                .assessed();
        assertThat(rented).isNotEmpty().allMatch(each -> each.deployment().acquisition() == Acquisition.RENT);
        assertThat(all.stream().filter(each -> each.deployment().acquisition() == Acquisition.RENT))
                .hasSameSizeAs(rented);
        assertThat(all)
                .noneMatch(each -> each.deployment().acquisition() == Acquisition.BUY
                        && each.deployment().hardware().cloudOnly());
    }

    private List<EstimatedDeployment> of(Demand demand, Candidate... named) {
        Candidates.Found found = candidates.of(request(Constraints.NONE, named), demand);
        assertThat(found.problems()).isEmpty();
        return found.assessed();
    }

    private static List<Offer> offers(List<EstimatedDeployment> found) {
        return found.stream()
                .flatMap(each -> Stream.ofNullable(each.deployment().offer()))
                .toList();
    }

    private static List<Integer> devices(List<EstimatedDeployment> found) {
        return found.stream().map(each -> each.deployment().devices()).toList();
    }

    private static List<String> precisions(List<EstimatedDeployment> found) {
        return found.stream().map(each -> each.deployment().quantization().id()).toList();
    }

    @Test
    void the_users_own_price_for_an_hour_takes_the_place_of_offers() {
        Candidate own = H100.with("acquisition", Acquisition.RENT).with("pricePerHourUsd", 1.5);
        List<EstimatedDeployment> found = of(SMALL, own);
        assertThat(found).hasSize(1);
        // 30 % of 730 h × $1.50 for one device that is stopped when idle, beside the staff
        assertThat(found.get(0).cost().breakdown().rentUsd()).isEqualTo(328.5);
        assertThat(found.get(0).deployment().offer().id()).isEqualTo("your-price");
    }

    @Test
    void with_both_prices_of_ones_own_and_no_word_of_the_way_both_ways_are_judged() {
        Candidate open =
                H100.with("acquisition", null).with("priceUsd", 20_000.0).with("pricePerHourUsd", 1.5);
        assertThat(of(SMALL, open))
                .extracting(each -> each.deployment().acquisition())
                .containsExactlyInAnyOrder(Acquisition.BUY, Acquisition.RENT);
        assertThat(of(SMALL, open.with("priceUsd", null)))
                .extracting(each -> each.deployment().acquisition())
                .containsExactly(Acquisition.RENT);
    }

    @Test
    void a_price_that_cannot_count_is_said_not_to() {
        Candidate rented = H100.with("acquisition", Acquisition.RENT).with("priceUsd", 20_000.0);
        Candidate bought = H100.with("acquisition", Acquisition.BUY).with("pricePerHourUsd", 1.5);
        List<Assumption> said = new Resolver(CATALOGUE, new Estimator(CATALOGUE))
                .resolve(request(Constraints.NONE, rented, bought, H100.with("priceUsd", 1.0)))
                .value()
                .assumptions();
        assertThat(said)
                .filteredOn(each -> each.because().startsWith("not used"))
                .extracting(Assumption::field)
                .containsExactly("candidates[0].priceUsd", "candidates[1].pricePerHourUsd");
    }

    @Test
    void what_is_owned_is_written_off_from_the_book_value_that_is_said() {
        Candidate owned = H100.with("acquisition", Acquisition.OWNED);
        Cost.Breakdown free = of(SMALL, owned).get(0).cost().breakdown();
        Cost.Breakdown valued =
                of(SMALL, owned.with("priceUsd", 9_000.0)).get(0).cost().breakdown();
        assertThat(free.hardwareUsd()).isZero();
        assertThat(valued.hardwareUsd()).isCloseTo(9_000.0 / 36, within(0.01));
        assertThat(valued.residualUsd()).isCloseTo(-0.3 * 9_000 / 36, within(0.01));
        assertThat(of(SMALL, owned.with("priceUsd", 9_000.0)).get(0).cost().purchaseUsd())
                .isZero();
    }

    private static DecisionRequest request(Constraints constraints, Candidate... named) {
        return new DecisionRequest(
                Workload.of(WorkloadType.EVALUATION),
                Budget.UNSAID,
                null,
                constraints,
                List.of(named),
                TestWorkspace.TODAY,
                Explain.SUMMARY,
                20);
    }
}
