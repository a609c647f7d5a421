package quartermaster.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.TestWorkspace;

/** Names as drivers, vendors, shops and clouds write them, over the catalogue that the program carries. */
class LooseNamesTest {
    private static final LooseNames NAMES = new LooseNames(TestWorkspace.catalogue());

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "NVIDIA GeForce RTX 4090, nvidia-rtx-4090",
        "NVIDIA A100-SXM4-40GB, nvidia-a100-40gb-sxm",
        "NVIDIA A100-SXM4-80GB, nvidia-a100-80gb-sxm",
        "NVIDIA A100-PCIE-40GB, nvidia-a100-40gb-pcie",
        "NVIDIA A100 80GB PCIe, nvidia-a100-80gb-pcie",
        "NVIDIA H100 80GB HBM3, nvidia-h100-sxm-80gb",
        "NVIDIA H100 PCIe, nvidia-h100-pcie-80gb",
        "NVIDIA H100 NVL, nvidia-h100-nvl-94gb",
        "Tesla T4, nvidia-t4",
        "Grafikkarte: RTX 4080 SUPER, nvidia-rtx-4080-super",
        "GPU #1 RTX 4090, nvidia-rtx-4090",
        "GPU0 - NVIDIA H100 PCIe, nvidia-h100-pcie-80gb",
        "M3U 512, mac-studio-m3-ultra-80c-gpu-512gb",
        "MacBook Pro 14 M4 Max 16/40 64GB, macbook-pro-m4-max-40c-gpu-64gb",
        "3060 12GB, nvidia-rtx-3060-12gb",
        "AMD Instinct MI300X VF, amd-instinct-mi300x",
        "'NVIDIA RTX A6000, 49140 MiB', nvidia-rtx-a6000",
        "MSI GeForce RTX 5060 Ti 16G VENTUS 2X OC PLUS, nvidia-rtx-5060-ti-16gb",
        "NVIDIA RTX 5000 Ada Generation, nvidia-rtx-5000-ada-32gb",
        "NVIDIA RTX 6000 Ada Generation, nvidia-rtx-6000-ada-48gb",
        "NVIDIA RTX PRO 6000 Blackwell Server Edition, nvidia-rtx-pro-6000-blackwell-server-96gb",
        "ASUS TUF Gaming GeForce RTX 5070 Ti OC 16GB GDDR7, nvidia-rtx-5070-ti",
        "RTX5060Ti 16GB, nvidia-rtx-5060-ti-16gb",
        "AMD Radeon Instinct MI300X, amd-instinct-mi300x",
        "AMD Instinct MI300X OAM, amd-instinct-mi300x",
        "Intel(R) Arc(TM) B580 Graphics, intel-arc-b580",
        "Intel Arc B580 12GB, intel-arc-b580",
        "AMD Ryzen AI Max+ 395 128GB, framework-desktop-ryzen-ai-maxplus-395-128gb",
        "Mac Studio M4 Max 16-Core CPU 40-Core GPU 128GB 1TB SSD, mac-studio-m4-max-40c-gpu-128gb",
        "Apple Mac Studio (M3 Ultra; 80 GPU cores; 512 GB), mac-studio-m3-ultra-80c-gpu-512gb",
        "MacBook Pro 16 M3 Max 40-core GPU 128GB, macbook-pro-m3-max-40c-gpu-128gb",
        "16-inch MacBook Pro M3 Max 128GB, macbook-pro-m3-max-40c-gpu-128gb",
        "MacBook Pro 14-inch M5 16GB 512GB SSD, macbook-pro-14-m5-10c-gpu-16gb",
        "NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition, nvidia-rtx-pro-6000-blackwell-max-q-96gb",
        "NVIDIA GH200 480GB, nvidia-gh200-96gb",
        "NVIDIA L40S 48GB PCIe 4.0 x16, nvidia-l40s",
        "A100 80GB PCIe 4.0 x16, nvidia-a100-80gb-pcie",
        "H100 80GB PCIe 5.0, nvidia-h100-pcie-80gb",
        "GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-5b1f3c6e-0000-1111-2222-abcdefabcdef), nvidia-h100-sxm-80gb",
        "01:00.0 VGA compatible controller: NVIDIA Corporation AD102 [GeForce RTX 4090] (rev a1), nvidia-rtx-4090",
        "17:00.0 3D controller [0302]: NVIDIA Corporation GA100 [A100 PCIe 80GB] [10de:20b5], nvidia-a100-80gb-pcie",
        "'c1:00.0 Display controller: Advanced Micro Devices, Inc. [AMD/ATI] Aqua Vanjaram [Instinct MI300X]',"
                + " amd-instinct-mi300x",
        "Mac Studio (2025) M3 Ultra 28\u2011core CPU 60\u2011core GPU 96GB 1TB SSD, mac-studio-m3-ultra-60c-gpu-96gb",
        "'Mac mini: Apple M4 Pro chip with 12-core CPU and 16-core GPU, 24GB, 512GB', mac-mini-m4-pro-16c-20c-gpu-24gb",
        "'MacBook Pro (16-inch, Nov 2024) M4 Max 128GB', macbook-pro-m4-max-40c-gpu-128gb",
    })
    void names_of_drivers_vendors_and_shops_are_found(String written, String id) {
        assertThat(NAMES.findHardware(written).map(Hardware::id)).hasValue(id);
    }

    @ParameterizedTest(name = "{0} is {2} x {1}")
    @CsvSource({
        "p5.48xlarge, nvidia-h100-sxm-80gb, 8",
        "P5.4xlarge, nvidia-h100-sxm-80gb, 1",
        "Standard_ND96isr_H100_v5, nvidia-h100-sxm-80gb, 8",
        "a3-highgpu-8g, nvidia-h100-sxm-80gb, 8",
        "g6e.12xlarge, nvidia-l40s, 4",
        "AWS p5.48xlarge, nvidia-h100-sxm-80gb, 8",
        "GCP a3-highgpu-8g, nvidia-h100-sxm-80gb, 8",
        "Azure ND H100 v5, nvidia-h100-sxm-80gb, 8",
    })
    void what_clouds_call_an_instance_is_found_with_its_devices(String written, String id, int devices) {
        assertThat(NAMES.findInstance(written)).hasValueSatisfying(offer -> {
            assertThat(offer.hardware()).isEqualTo(id);
            assertThat(offer.devicesPerInstance()).isEqualTo(devices);
            assertThat(offer.isSpot()).isFalse();
        });
        assertThat(NAMES.findHardware(written).map(Hardware::id)).hasValue(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"p5.96xlarge", "Secure Cloud", "8x H100 SXM", "median of providers"})
    void no_other_name_is_an_instances(String written) {
        assertThat(NAMES.findInstance(written)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RTX 5060",
                "50-80",
                "5.090",
                "gpu_1x_a100_sxm4",
                "GeForce RTX 4060",
                "RTX 4080",
                "Radeon RX 9070",
                "RX 7900",
                "RTX 3090 Super",
                "RTX 4090 Laptop GPU",
                "RTX 4500",
                "Quadro RTX 6000",
                "RTX 5060 Ti 8GB",
                "RTX 4090 48GB",
                "MacBook Pro M4 24GB",
                "Mac Studio M4 128GB",
                "MI300A",
                "Ryzen AI 395",
                "GPU",
                "RX 9070/9070 XT",
                "RTX 5060 (Ti)",
                "RTX 4080/SUPER",
                "03:00.0 VGA compatible controller: Advanced Micro Devices, Inc. [AMD/ATI] Navi 48 [Radeon RX 9070/9070 XT]",
                "H100 80GB HBM3 MIG 3g.40gb",
                "Hopper",
                "Blackwell",
                "ThinkStation",
                "3",
                "395"
            })
    void a_card_is_never_taken_for_another_one_of_its_series(String written) {
        assertThat(NAMES.findHardware(written)).isEmpty();
    }

    @ParameterizedTest(name = "{0} beside {1} {2} is {3}")
    @CsvSource({
        "NVIDIA A100, 120, HOST, nvidia-a100-80gb-sxm",
        "A100, 40, CARD, nvidia-a100-40gb-sxm",
        "MI300X, 2048, EITHER, amd-instinct-mi300x",
        "RTX 3060, 12, CARD, nvidia-rtx-3060-12gb",
        "RTX 3060, 8, CARD, ",
        "RTX 3060, 8, EITHER, ",
        "RTX 3060, 64, HOST, nvidia-rtx-3060-12gb",
        "M3 Ultra, 256, HOST, mac-studio-m3-ultra-80c-gpu-256gb",
        "M3 Ultra, 128, EITHER, ",
        "A100, 40960 MiB, EITHER, nvidia-a100-40gb-sxm",
        "A100, 40960, EITHER, nvidia-a100-40gb-sxm",
        "A100, 81920, CARD, nvidia-a100-80gb-sxm",
        "L40S, 46068 MiB, EITHER, nvidia-l40s",
        "Tesla T4, 15360 MiB, EITHER, nvidia-t4",
        "RTX 4060 Ti, 8188 MiB, EITHER, ",
        "RTX 3080, 12288 MiB, EITHER, ",
        "RTX 3080, 8, CARD, ",
        "MI300X, 206141652992, CARD, amd-instinct-mi300x",
        "L40S, 1 TB, HOST, nvidia-l40s",
    })
    void memory_in_its_own_column_is_the_cards_or_the_hosts(
            String name, String memory, LooseNames.MemoryOf whose, String id) {
        String written = LooseNames.withMemory(name, memory, whose);

        assertThat(NAMES.findHardware(written).map(Hardware::id)).isEqualTo(Optional.ofNullable(id));
    }

    @ParameterizedTest
    @ValueSource(strings = {"64 GB", "256GB", "Lenovo", "Dell", "HP"})
    void memory_or_a_vendor_alone_is_no_machine(String written) {
        assertThat(NAMES.findHardware(written)).isEmpty();
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "ASUS ROG Strix GeForce RTX 4090 OC Edition 24GB GDDR6X, nvidia-rtx-4090",
        "MSI GeForce RTX 5070 Ti 16G VENTUS 3X OC, nvidia-rtx-5070-ti",
        "Sapphire NITRO+ AMD Radeon RX 9070 XT 16GB, amd-radeon-rx-9070-xt",
        "GIGABYTE GeForce RTX 5090 WINDFORCE OC 32G Graphics Card GV-N5090WF3OC-32GD, nvidia-rtx-5090",
        "'Palit GeForce RTX 5090 GameRock, 32GB GDDR7, HDMI, 3x DP (NE75090019R5-GB2020G)', nvidia-rtx-5090",
        "ASUS Dual GeForce RTX 4060 Ti OC 16GB, nvidia-rtx-4060-ti-16gb",
        "RTX 3090 (used), nvidia-rtx-3090",
        "RTX 3090 24GB (NVLink), nvidia-rtx-3090",
        "Lenovo ThinkStation PGX, lenovo-thinkstation-pgx-gb10-128gb",
    })
    void words_of_shops_are_no_part_of_a_chip(String written, String id) {
        assertThat(NAMES.findHardware(written).map(Hardware::id)).contains(id);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "Qwen/Qwen3-32B, qwen3-32b",
        "openai/gpt-oss-20b, gpt-oss-20b",
        "google/gemma-3-27b-it, gemma-3-27b",
        "meta-llama/Llama-3.1-8B-Instruct, llama-3.1-8b",
        "mlx-community/Qwen3-8B-4bit, qwen3-8b",
        "unsloth/Qwen3-30B-A3B-GGUF, qwen3-30b-a3b",
        "Qwen/Qwen3-32B-AWQ, qwen3-32b",
        "llama3.1:8b-instruct-q4_K_M, llama-3.1-8b",
        "gemma3:27b-it-qat, gemma-3-27b",
        "qwen/qwen3-32b@q8_0, qwen3-32b",
        "Qwen3 32B (FP8), qwen3-32b",
        "bartowski/Qwen_Qwen3-32B-GGUF, qwen3-32b",
        "ollama run qwen3:32b, qwen3-32b",
        "RedHatAI/Qwen3-32B-FP8-dynamic, qwen3-32b",
        "Qwen3-VL-32B, qwen3-vl-32b",
        "qwen3-32b-instruct, ",
        "deepseek-r1:70b, ",
        "gpt-oss:latest, ",
        "Qwen/Qwen3-Coder, ",
    })
    void models_are_found_by_repository_and_tag(String written, String id) {
        assertThat(NAMES.findModel(written).map(Model::id)).isEqualTo(Optional.ofNullable(id));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "Qwen3-32B-Q4_K_M.gguf, Q4_K_M",
        "hf.co/unsloth/Qwen3-32B-GGUF:Q8_0, Q8_0",
        "Llama-3.3-70B-Instruct-Q4_K_M-00001-of-00002.gguf, Q4_K_M",
        "Qwen/Qwen3-32B-FP8, FP8",
        "mlx-community/Qwen3-8B-4bit, 4bit",
        "Qwen3 32B (FP8), FP8",
        "Qwen3-32B-UD-Q4_K_XL.gguf, UD-Q4_K_XL",
        "unsloth/Qwen3-8B-4bit, ",
        "unsloth/Qwen3-8B-GGUF, ",
        "qwen3:32b, ",
    })
    void the_precision_in_a_models_name_is_one_where_it_is_clear(String written, String precision) {
        assertThat(LooseNames.quantizationIn(written)).isEqualTo(Optional.ofNullable(precision));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"Qwen/Qwen3-32B-AWQ, AWQ", "llama3.1:8b-instruct-q4_K_M, q4_K_M", "Qwen/Qwen3-32B, "})
    void the_precision_in_a_models_name_is_named(String written, String precision) {
        assertThat(LooseNames.precisionIn(written)).isEqualTo(Optional.ofNullable(precision));
    }
}
