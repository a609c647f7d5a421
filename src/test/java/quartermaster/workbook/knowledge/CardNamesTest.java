package quartermaster.workbook.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quartermaster.TestWorkspace;

class CardNamesTest {
    private final CardNames names = new CardNames(TestWorkspace.catalogue());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "H100 SXM5 80GB | | | nvidia-h100-sxm-80gb",
                "H100 | gpu_8x_h100_sxm5 | 80 | nvidia-h100-sxm-80gb",
                "H100 | gpu_1x_h100_pcie | 80 | nvidia-h100-pcie-80gb",
                "H100 | | 94 | nvidia-h100-nvl-94gb",
                "NVIDIA A100-SXM4-80GB | | | nvidia-a100-80gb-sxm",
                "a100-pcie-40 | | 40 | nvidia-a100-40gb-pcie",
                "A100-80GB-SXM | 1x_A100-80GB-SXM_SECURE | | nvidia-a100-80gb-sxm",
                "B200 | | 192 | nvidia-b200-180gb",
                "L4 | | 22.35 | nvidia-l4",
                "T4 | | 14.6 | nvidia-t4",
                "A10G | | | nvidia-a10g-aws-g5",
                "A10 | | 24 | nvidia-a10",
                "L40S | | 44.7 | nvidia-l40s",
                "L40 | | 48 | nvidia-l40",
                "RTX3090 | | 24 | nvidia-rtx-3090",
                "rtx-3090-ti | | 24 | nvidia-rtx-3090-ti",
                "RTXA6000 | | | nvidia-rtx-a6000",
                "RTX6000-Ada | | 48 | nvidia-rtx-6000-ada-48gb",
                "rtx-pro-6000-maxq | | 96 | nvidia-rtx-pro-6000-blackwell-max-q-96gb",
                "RTX PRO 6000 Server | | 96 | nvidia-rtx-pro-6000-blackwell-server-96gb",
                "MI300X | | 192 | amd-instinct-mi300x",
                "M4 Max | | 64 | mac-studio-m4-max-40c-gpu-64gb"
            })
    void cards_are_known_by_their_words_and_their_memory(String written, String boards, Double memory, String id) {
        CardNames.Found found = names.find(written, boards == null ? "" : boards, memory);
        assertThat(found.card()).as(found.whyNot()).isNotNull();
        assertThat(found.card().id()).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "H100 | 80 | ambiguous-hardware",
                "H100 (form factor not stated) | 80 | ambiguous-hardware",
                "H200 | 141 | ambiguous-hardware",
                "A100 | | ambiguous-hardware",
                "A100-80GB | | ambiguous-hardware",
                "RTXPRO6000 | 96 | ambiguous-hardware",
                "A100 | 20 | another-memory",
                "RTX 3080 | 12 | another-memory",
                "RTX 4060 Ti | 8 | another-memory",
                "B200 | 80 | another-memory",
                "rtx-5090-laptop | 24 | unknown-hardware",
                "quadro-rtx-6000 | 24 | unknown-hardware",
                "RTX 6000 | | unknown-hardware",
                "V100 | 16 | unknown-hardware"
            })
    void a_weaker_card_is_never_taken_for_a_stronger_one(String written, Double memory, String code) {
        CardNames.Found found = names.find(written, "", memory);
        assertThat(found.card()).isNull();
        assertThat(found.code()).isEqualTo(code);
    }
}
