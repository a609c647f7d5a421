package quartermaster.decision.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Hardware;

/** Which hardware a case speaks of. */
class CandidatePatternTest {
    private static final Hardware CARD =
            TestWorkspace.catalogue().findHardware("nvidia-h100-sxm-80gb").orElseThrow();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nvidia-h100-sxm-80gb",
                "NVIDIA H100 SXM 80GB",
                "nvidia-h100-*",
                "*80gb",
                "nvidia*sxm*gb",
                "*h100*",
                "*",
                "nvidia-h100-sxm-80gb*"
            })
    void a_star_stands_for_any_letters_or_none(String pattern) {
        assertThat(CandidatePattern.coversAny(pattern, List.of(CARD))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nvidia-h100",
                "h100*",
                "*80",
                "nvidia*h200*",
                "nvidia-h100-sxm-80gb*gb",
                "nvidia*sxm*h100*",
                "nvidia-h1[0-9]*",
                ""
            })
    void what_is_called_otherwise_is_not_covered(String pattern) {
        assertThat(CandidatePattern.coversAny(pattern, List.of(CARD))).isFalse();
    }

    @Test
    void a_family_stands_for_all_of_it() {
        assertThat(CandidatePattern.coversAny(CARD.family(), List.of(CARD))).isTrue();
    }
}
