package quartermaster.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.HostedApi;
import quartermaster.catalogue.LaunchPart;
import quartermaster.catalogue.LaunchStep;
import quartermaster.catalogue.PublishedWeights;
import quartermaster.catalogue.TrainingTool;
import quartermaster.decision.Assessment;
import quartermaster.decision.Decision;
import quartermaster.decision.Recommendation;
import quartermaster.estimate.EstimatedDeployment;
import quartermaster.request.Acquisition;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.FineTuning;
import quartermaster.request.FineTuningMethod;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Records;

class StartTest {
    @Test
    void vllm_on_two_cards_quantizes_while_it_loads() {
        Recommendation found = found(
                work("llama-3.1-70b", 32).with("inputTokens", 2000).with("outputTokens", 300),
                candidate("nvidia-h100-sxm-80gb", 2, "vllm", "fp8"));
        Start start = Start.of(found).orElseThrow();

        assertThat(start.command())
                .isEqualTo("vllm serve meta-llama/Llama-3.1-70B-Instruct --quantization fp8_per_tensor"
                        + " --tensor-parallel-size 2 --gpu-memory-utilization 0.92 --max-model-len 2300"
                        + " --max-num-seqs " + found.assessment().maxConcurrency());
        assertThat(start.manifest()).isNull();
        assertThat(start.engineVersion()).isEqualTo("0.29");
        assertThat(start.checked())
                .startsWith("checked against https://docs.vllm.ai/")
                .endsWith(", not run here");
    }

    @Test
    void the_cache_and_a_shared_prefix_are_said() {
        Workload work = work("qwen3-8b", 4)
                .with("inputTokens", 2000)
                .with("outputTokens", 300)
                .with("kvCacheQuantization", "kv-cache-fp8")
                .with("sharedPrefixTokens", 1000);

        assertThat(start(work, candidate("nvidia-h100-sxm-80gb", 1, "vllm", "bf16"))
                        .command())
                .startsWith("vllm serve Qwen/Qwen3-8B --tensor-parallel-size 1 ")
                .endsWith(" --kv-cache-dtype fp8 --enable-prefix-caching");
    }

    @Test
    void drafts_are_asked_for_where_they_were_counted() {
        Candidate card = candidate("nvidia-rtx-pro-6000-blackwell-workstation-96gb", 1, "vllm", "fp8");

        assertThat(start(work("qwen3.6-35b-a3b", 4).with("speculativeDecoding", true), card)
                        .command())
                .endsWith(" --speculative-config '{\"method\":\"mtp\",\"num_speculative_tokens\":1}'");
        assertThat(start(work("qwen3.6-35b-a3b", 4), card).command()).doesNotContain("speculative");
    }

    @Test
    void a_model_that_is_published_in_eight_bits_is_loaded_as_it_is() {
        assertThat(start(
                                work("deepseek-v3", 32)
                                        .with("inputTokens", 2000)
                                        .with("outputTokens", 300),
                                candidate("nvidia-h200-sxm-141gb", 8, "vllm", "fp8"))
                        .command())
                .isEqualTo("vllm serve deepseek-ai/DeepSeek-V3 --tensor-parallel-size 8"
                        + " --gpu-memory-utilization 0.92 --max-model-len 2300 --max-num-seqs 360");
    }

    @Test
    void gpt_oss_on_one_card_comes_as_it_is_published() {
        Workload work = work("gpt-oss-20b", 1).with("inputTokens", 2000).with("outputTokens", 300);

        assertThat(start(work, candidate("nvidia-rtx-4090", 1, "llama.cpp", "mxfp4"))
                        .command())
                .isEqualTo("llama-server -hf ggml-org/gpt-oss-20b-GGUF:MXFP4 -c 2300 -np 1 -ngl 99 --flash-attn on");
        assertThat(start(work, candidate("nvidia-h100-sxm-80gb", 1, "vllm", "mxfp4"))
                        .command())
                .startsWith("vllm serve openai/gpt-oss-20b --tensor-parallel-size 1 ");
    }

    @Test
    void every_slot_of_llama_cpp_has_its_part_of_the_context() {
        assertThat(start(
                                work("qwen3-8b", 3)
                                        .with("inputTokens", 2000)
                                        .with("outputTokens", 300)
                                        .with("kvCacheQuantization", "kv-q8_0"),
                                candidate("M4 Max 64GB", 1, "llama.cpp", "q4_k_m"))
                        .lines())
                .containsExactly(
                        "# Qwen3-8B-Q4_K_M.gguf stands for the GGUF file of these weights: no repository of it is known"
                                + " here.",
                        "llama-server -m Qwen3-8B-Q4_K_M.gguf -c 6900 -np 3 -ngl 99 --flash-attn on"
                                + " -ctk q8_0 -ctv q8_0");
    }

    @Test
    void a_repository_is_named_only_for_types_that_were_seen_in_it() {
        Workload work = work("llama-3.3-70b", 1);

        assertThat(start(work, candidate("M3 Ultra 256GB", 1, "llama.cpp", "q4_k_m"))
                        .command())
                .startsWith("llama-server -hf bartowski/Llama-3.3-70B-Instruct-GGUF:Q4_K_M -c ");
        assertThat(start(work, candidate("M3 Ultra 256GB", 1, "llama.cpp", "iq3_m"))
                        .command())
                .contains("\nllama-server -m Llama-3.3-70B-Instruct-IQ3_M.gguf -c ");
    }

    @Test
    void experts_that_stay_with_the_host_are_counted_in_layers() {
        Recommendation found =
                found(work("gpt-oss-120b", 1), candidate("nvidia-rtx-4090", 1, "llama.cpp-experts-on-host", "mxfp4"));
        int layers = found.assessment().estimate().expertLayersOnHost();

        assertThat(layers).isPositive();
        assertThat(Start.of(found).orElseThrow().command()).endsWith(" --n-cpu-moe " + layers + " -ub 2048");
    }

    @Test
    void mlx_takes_the_published_conversion_or_makes_one() {
        Workload work = work("qwen3-8b", 2).with("inputTokens", 2000).with("outputTokens", 300);

        assertThat(start(work, candidate("M4 Max 64GB", 1, "mlx", "mlx-4bit")).lines())
                .containsExactly("mlx_lm.server --model mlx-community/Qwen3-8B-4bit"
                        + " --decode-concurrency 2 --prompt-concurrency 2 --max-tokens 2300");
        assertThat(start(work, candidate("M4 Max 64GB", 1, "mlx", "mlx-8bit")).lines())
                .containsExactly(
                        "mlx_lm.convert --hf-path Qwen/Qwen3-8B --mlx-path ./Qwen3-8B-mlx-8bit -q --q-bits 8",
                        "mlx_lm.server --model ./Qwen3-8B-mlx-8bit"
                                + " --decode-concurrency 2 --prompt-concurrency 2 --max-tokens 2300");
    }

    @Test
    void a_mac_is_told_to_let_the_gpu_use_more_where_the_rules_say_so() {
        assertThat(start(
                                work("llama-3.1-70b", 1).with("contextTokens", 60000),
                                candidate("M4 Max 64GB", 1, "mlx", "mlx-4bit"))
                        .lines())
                .first()
                .asString()
                .matches("sudo sysctl iogpu\\.wired_limit_mb=5\\d{4}");
    }

    @Test
    void variables_stand_before_the_command_of_ollama() {
        assertThat(start(
                                work("qwen3-8b", 2)
                                        .with("inputTokens", 2000)
                                        .with("outputTokens", 300)
                                        .with("kvCacheQuantization", "kv-q8_0"),
                                candidate("nvidia-rtx-4090", 1, "ollama", "q4_k_m"))
                        .lines())
                .contains(
                        "OLLAMA_CONTEXT_LENGTH=2300 OLLAMA_NUM_PARALLEL=2 OLLAMA_FLASH_ATTENTION=1"
                                + " OLLAMA_KV_CACHE_TYPE=q8_0 ollama serve",
                        "ollama create qwen3-8b -f Modelfile",
                        "ollama run qwen3-8b");
    }

    @Test
    void several_machines_and_replicas_are_said_as_such() {
        Start start = start(
                work("deepseek-v3", 8),
                new Candidate("nvidia-h100-sxm-80gb", 16, 2, Acquisition.RENT, null, "sglang", "fp8", null, null));

        assertThat(start.command())
                .contains("# 2 replicas: run this on each of them, behind a load balancer.", "# 2 machines for each")
                .contains("--tp-size 16 --nnodes 2 --node-rank 0 --dist-init-addr FIRST-MACHINE:50000");
    }

    @Test
    void layers_in_turn_are_started_as_they_were_estimated() {
        Workload nobodyWaits = work("llama-3.1-70b", 32).with("type", WorkloadType.BATCH);
        Workload somebodyWaits = work("llama-3.1-70b", 4).with("type", WorkloadType.PRODUCTION);
        Candidate vllm = candidate("nvidia-rtx-4090", 4, "vllm", "awq");
        Candidate tensorrt = candidate("nvidia-rtx-pro-6000-blackwell-server-96gb", 8, "tensorrt-llm", "nvfp4");

        assertThat(start(nobodyWaits, vllm).command())
                .contains(" --pipeline-parallel-size 4 ")
                .doesNotContain("tensor-parallel");
        assertThat(start(somebodyWaits, vllm).command())
                .contains(" --tensor-parallel-size 4 ")
                .doesNotContain("pipeline");
        assertThat(start(nobodyWaits, tensorrt).command())
                .contains(" --pp_size 8 ")
                .doesNotContain("tp_size");
    }

    @Test
    void machines_of_one_device_share_layers_as_they_were_estimated() {
        assertThat(start(work("llama-3.1-70b", 1), candidate("nvidia-dgx-spark-gb10-128gb", 2, "vllm", "fp8"))
                        .command())
                .contains(" --tensor-parallel-size 2 --distributed-executor-backend ray ");
    }

    @Test
    void production_gets_a_manifest_with_the_words_of_the_command() {
        Workload work = Workload.of(WorkloadType.PRODUCTION)
                .with("model", "llama-3.1-70b")
                .with("concurrency", 32);
        Candidate two = new Candidate("nvidia-h100-sxm-80gb", 2, 3, Acquisition.RENT, null, "vllm", "fp8", null, null);

        assertThat(start(work, two).manifest())
                .contains("kind: Deployment", "\n  replicas: 3\n", "nvidia.com/gpu: 2\n", "  name: llama-3-1-70b\n")
                .contains("          command: [\"vllm\", \"serve\", \"meta-llama/Llama-3.1-70B-Instruct\",")
                .doesNotContain("{");
    }

    @Test
    void weights_that_nobody_published_have_a_placeholder_and_a_remark() {
        assertThat(start(work("qwen3-8b", 1), candidate("nvidia-rtx-4090", 1, "vllm", "awq"))
                        .lines())
                .satisfies(lines -> {
                    assertThat(lines.get(0)).startsWith("# ./Qwen3-8B-awq stands for a folder or repository");
                    assertThat(lines.get(1)).startsWith("vllm serve ./Qwen3-8B-awq --tensor-parallel-size 1 ");
                });
    }

    @Test
    void whatever_an_id_holds_it_stays_one_word() throws Exception {
        String odd = "some one/it's; touch $(echo harm) `id`\n# \"x\"";
        Recommendation found = found(work("qwen3-8b", 1), candidate("nvidia-h100-sxm-80gb", 1, "vllm", "bf16"));
        Recommendation named = with(found, "model.published", new PublishedWeights(odd, "bf16", null, List.of()));
        String command = Start.of(named).orElseThrow().command();

        assertThat(words(command)).startsWith("vllm", "serve", odd.replace('\n', ' '), "--tensor-parallel-size", "1");
    }

    private static Workload training(String model, FineTuningMethod method) {
        return Workload.of(WorkloadType.FINE_TUNING)
                .with("model", model)
                .with("fineTuning", new FineTuning(method, 2, 1024, 10_000, 500, 3.0, null, null));
    }

    @Test
    void a_training_tool_is_told_what_the_estimate_counted() {
        assertThat(start(
                                training("llama-3.1-8b", FineTuningMethod.QLORA),
                                candidate("M4 Max 64GB", 1, "mlx-lm", "mlx-4bit"))
                        .command())
                .contains("\nmlx_lm.lora --model mlx-community/")
                .contains(" --train --data ./data --batch-size 2 --max-seq-length 1024 --grad-checkpoint")
                .endsWith(" --iters 15000 --config lora.yaml") // 10,000 × 3 ÷ 2
                .doesNotContain("--fine-tune-type", "server");
        assertThat(start(
                                training("llama-3.1-8b", FineTuningMethod.QLORA),
                                candidate("nvidia-h100-sxm-80gb", 4, "trl", "nf4"))
                        .command())
                .contains("\ntrl sft --model_name_or_path meta-llama/Llama-3.1-8B-Instruct ")
                .contains(" --use_peft --lora_r 16 --load_in_4bit --per_device_train_batch_size 2 ")
                .contains(" --num_train_epochs 3 --num_processes 4 --accelerate_config fsdp2 ");
        assertThat(start(
                                training("llama-3.1-8b", FineTuningMethod.FULL),
                                candidate("nvidia-h100-sxm-80gb", 8, "nemo", "bf16"))
                        .command())
                .endsWith("\nautomodel finetune.yaml --nproc-per-node 8")
                .doesNotContain("peft");
    }

    @Test
    void a_file_that_a_tool_reads_is_printed_whole_and_a_shell_writes_it(@TempDir Path folder) throws Exception {
        Files.createDirectory(folder.resolve("data"));
        Start start = start(
                training("llama-3.1-70b", FineTuningMethod.QLORA),
                candidate("nvidia-h100-sxm-80gb", 4, "llama-factory", "nf4"));
        shell(folder, files(start));

        assertThat(folder.resolve("train.yaml"))
                .content()
                .contains("model_name_or_path: meta-llama/Llama-3.1-70B-Instruct\n")
                .contains("\ncutoff_len: 1024\n", "\nnum_train_epochs: 3\n", "\nlora_rank: 16\n")
                .contains("\nquantization_bit: 4\n");
        assertThat(folder.resolve("fsdp.yaml")).content().endsWith("\nnum_processes: 4\n");
        assertThat(folder.resolve("data/dataset_info.json")).content().contains("\"file_name\": \"train.jsonl\"");
        assertThat(start.command()).endsWith("\naccelerate launch --config_file fsdp.yaml train.py train.yaml");
    }

    @Test
    void states_are_spread_over_devices_as_they_were_estimated() {
        Candidate eight = candidate("nvidia-h100-sxm-80gb", 8, "llama-factory", "bf16");

        assertThat(start(training("llama-3.1-8b", FineTuningMethod.FULL), eight).command())
                .contains("\nfinetuning_type: full\n", "\ndeepspeed: ds_z3.json\n", "\"stage\": 3")
                .endsWith("\nFORCE_TORCHRUN=1 NPROC_PER_NODE=8 llamafactory-cli train train.yaml");
        assertThat(start(
                                training("llama-3.1-8b", FineTuningMethod.LORA),
                                candidate("nvidia-h100-sxm-80gb", 2, "axolotl", "bf16"))
                        .command())
                .contains("\nfsdp_version: 2\n")
                .endsWith("\naxolotl train config.yml --launcher accelerate -- --num_processes=2");
    }

    /** Of every engine and tool that can be started, on one device and on two. */
    @Test
    void a_shell_understands_whatever_is_printed() throws Exception {
        List<Start> starts = new ArrayList<>();
        Workload served = work("qwen3-8b", 4).with("inputTokens", 2000).with("outputTokens", 300);
        for (String engine : List.of("vllm", "sglang", "tensorrt-llm", "llama.cpp", "ollama", "lm-studio")) {
            for (int devices : List.of(1, 2)) {
                starts.add(start(served, candidate("nvidia-h100-sxm-80gb", devices, engine, precision(engine))));
            }
        }
        for (String tool : List.of("unsloth", "trl", "axolotl", "llama-factory", "torchtune", "nemo")) {
            for (FineTuningMethod method : FineTuningMethod.values()) {
                for (int devices : List.of(1, 2)) {
                    String precision = method == FineTuningMethod.QLORA ? "nf4" : "bf16";
                    Start.of(found(
                                    training("llama-3.1-8b", method),
                                    candidate("nvidia-h100-sxm-80gb", devices, tool, precision)))
                            .ifPresent(starts::add);
                }
            }
        }
        assertThat(starts).hasSizeGreaterThan(40);
        for (Start start : starts) {
            Process shell =
                    new ProcessBuilder("sh", "-n").redirectErrorStream(true).start();
            shell.getOutputStream().write(start.command().getBytes(StandardCharsets.UTF_8));
            shell.getOutputStream().close();
            String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(said).as(start.command()).isEmpty();
            assertThat(shell.waitFor()).isZero();
            assertThat(start.command()).doesNotContain("YOUR-");
        }
    }

    private static String precision(String engine) {
        return engine.equals("llama.cpp") || engine.equals("ollama") || engine.equals("lm-studio") ? "q4_k_m" : "bf16";
    }

    private static String files(Start start) {
        return start.pieces().stream().filter(each -> each.contains("\n")).collect(Collectors.joining("\n"));
    }

    private static void shell(Path folder, String script) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .start();
        assertThat(shell.waitFor()).isZero();
    }

    @Test
    void every_tool_that_is_considered_says_how_it_is_started() {
        assertThat(TestWorkspace.catalogue().training().tools().stream().filter(TrainingTool::considered))
                .allSatisfy(tool ->
                        assertThat(tool.launch()).as(tool.id()).anyMatch(step -> step.part() == LaunchPart.COMMAND));
    }

    @Test
    void a_hosted_api_is_asked_with_a_key_that_stands_in_a_file() {
        Candidate api =
                new Candidate("deepinfra-llama-3.1-70b-api", null, null, Acquisition.API, null, null, null, null, null);
        Start start = start(work("llama-3.1-70b", 1).with("outputTokens", 300), api);

        assertThat(start.command())
                .contains("\ncurl https://api.deepinfra.com/v1/openai/models --header @api-key.txt\n")
                .contains("curl https://api.deepinfra.com/v1/openai/chat/completions --header @api-key.txt --json '{")
                .endsWith("\"max_tokens\":300}'")
                .doesNotContain("$");
    }

    @Test
    void an_engine_leaves_room_for_what_stands_beside_the_model() {
        Candidate card = candidate("nvidia-h100-sxm-80gb", 1, "vllm", "fp8");
        Workload work = work("qwen3-32b", 4).with("companions", List.of("olmocr-2-7b"));

        assertThat(start(work, card).command())
                .contains(" is started beside it, ")
                .containsPattern("--gpu-memory-utilization 0\\.[67]\\d ");
        assertThat(start(work("qwen3-32b", 4), card).command()).contains("--gpu-memory-utilization 0.92 ");
    }

    /** Whatever is judged by default can be started. */
    @Test
    void every_engine_that_is_considered_says_how_it_is_started() {
        assertThat(TestWorkspace.catalogue().engines().stream().filter(Engine::considered))
                .allSatisfy(engine -> assertThat(engine.launch())
                        .as(engine.id())
                        .anyMatch(step -> step.part() == LaunchPart.COMMAND && step.when() == null));
    }

    @Test
    void nearly_every_name_that_templates_may_use_is_used() {
        Set<String> used = new TreeSet<>();
        Stream.of(
                        TestWorkspace.catalogue().engines().stream().map(Engine::launch),
                        TestWorkspace.catalogue().training().tools().stream().map(TrainingTool::launch),
                        TestWorkspace.catalogue().hostedApis().stream().map(HostedApi::launch))
                .flatMap(each -> each)
                .flatMap(List::stream)
                .forEach(step -> used.addAll(names(step)));
        Set<String> spare = new TreeSet<>(Facts.names());
        spare.removeAll(used);
        assertThat(spare).containsExactlyInAnyOrder("examples", "family", "hardware", "weightBits");
    }

    private static List<String> names(LaunchStep step) {
        List<String> names = new ArrayList<>(new Template(step.template()).placeholders());
        Condition.parts(step.when())
                .forEach(part -> names.add(Condition.read(part).orElseThrow().name()));
        return names;
    }

    private static Workload work(String model, int concurrency) {
        return Workload.of(WorkloadType.INTERNAL_TOOL).with("model", model).with("concurrency", concurrency);
    }

    private static Candidate candidate(String hardware, int devices, String engine, String precision) {
        return new Candidate(hardware, devices, null, null, null, engine, precision, null, null);
    }

    private static Start start(Workload work, Candidate candidate) {
        return Start.of(found(work, candidate)).orElseThrow();
    }

    private static Recommendation found(Workload work, Candidate candidate) {
        Decision decision = Objects.requireNonNull(TestWorkspace.decider()
                .decide(new DecisionRequest(
                        work,
                        Budget.UNSAID,
                        null,
                        Constraints.NONE,
                        List.of(candidate),
                        TestWorkspace.TODAY,
                        Explain.FULL,
                        1))
                .value());
        assertThat(decision.problems()).isEmpty();
        return Stream.concat(decision.ranked().stream(), decision.rejected().stream())
                .findFirst()
                .orElseThrow();
    }

    /** The same as if the demand said something else. */
    private static Recommendation with(Recommendation found, String path, @Nullable Object value) {
        Assessment it = found.assessment();
        EstimatedDeployment same = it.assessed();
        Assessment other = new Assessment(
                null,
                TestWorkspace.catalogue().engines(),
                request(it),
                Records.with(it.demand(), path, value),
                null,
                same);
        return new Recommendation(1, other, found.verdict(), found.score(), found.steps(), found.findings());
    }

    private static DecisionRequest request(Assessment it) {
        return new DecisionRequest(
                Workload.of(it.workloadType()),
                Budget.UNSAID,
                null,
                Constraints.NONE,
                List.of(),
                TestWorkspace.TODAY,
                Explain.FULL,
                1);
    }

    /** As a shell splits it. */
    private static List<String> words(String command) throws IOException, InterruptedException {
        Process shell =
                new ProcessBuilder("sh", "-c", "for w in " + command + "; do printf '%s\\0' \"$w\"; done").start();
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).isZero();
        return List.of(out.split("\0"));
    }
}
