package quartermaster.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.request.Acquisition;
import quartermaster.unit.Records;

class CostBreakdownTest {
    @ParameterizedTest
    @CsvSource({
        "nvidia-rtx-pro-6000-blackwell-workstation-96gb, 1, vllm, fp8, BUY",
        "nvidia-h100-sxm-80gb, 8, vllm, fp8, BUY",
        "nvidia-l40s, 2, vllm, fp8, OWNED",
        "mac-studio-m3-ultra-80c-gpu-256gb, 1, mlx, mlx-4bit, BUY"
    })
    void the_parts_add_up_to_the_month_and_months_to_the_horizon(
            String hardware, int devices, String engine, String precision, Acquisition acquisition) {
        Demand demand = Facts.demand(Facts.model("qwen3-32b"), 1000, 300, 4);
        Deployment deployment =
                Records.with(Facts.deployment(hardware, devices, engine, precision), "acquisition", acquisition);

        Cost cost = Facts.assess(demand, deployment).cost();
        Cost.Breakdown parts = cost.breakdown();

        assertThat(parts.hardwareUsd()
                        + parts.residualUsd()
                        + parts.hostUsd()
                        + parts.rentUsd()
                        + parts.apiUsd()
                        + parts.powerUsd()
                        + parts.hostingUsd()
                        + parts.supportUsd()
                        + parts.staffUsd())
                .isCloseTo(cost.monthlyUsd(), within(1e-6));
        assertThat(parts.residualUsd()).isLessThanOrEqualTo(0);
        assertThat(cost.horizonUsd(demand.horizonMonths()))
                .isCloseTo(cost.monthlyUsd() * demand.horizonMonths(), within(1e-6));
        assertThat(cost.firstYearUsd()).isGreaterThanOrEqualTo(cost.purchaseUsd());
    }
}
