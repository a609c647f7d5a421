package quartermaster.request;

import static quartermaster.request.RequestFieldRow.choice;
import static quartermaster.request.RequestFieldRow.choices;
import static quartermaster.request.RequestFieldRow.date;
import static quartermaster.request.RequestFieldRow.machines;
import static quartermaster.request.RequestFieldRow.model;
import static quartermaster.request.RequestFieldRow.models;
import static quartermaster.request.RequestFieldRow.number;
import static quartermaster.request.RequestFieldRow.positive;
import static quartermaster.request.RequestFieldRow.share;
import static quartermaster.request.RequestFieldRow.text;
import static quartermaster.request.RequestFieldRow.texts;
import static quartermaster.request.RequestFieldRow.whole;
import static quartermaster.request.RequestFieldRow.yesNo;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import quartermaster.request.RequestField.Kind;
import quartermaster.request.RequestField.Lookup;
import quartermaster.unit.Ids;

/**
 * The fields of a request, each in one row, in the order of JSON and of the template. To add a field, add the
 * component to its record and a row here: every door knows it then.
 */
public final class RequestFields {
    /** Of a row of candidates: for which workloads it is. Candidates in JSON stand in their workload's request. */
    public static final String FOR_WORKLOADS = "workload";

    /** Where a training run stands; its fields are unsaid together. */
    public static final String TRAINING = "workload.fineTuning";

    private static final double TOKENS = 1e8;
    private static final double PEOPLE = 1e7;

    /** What a request says but for its candidates. */
    public static final List<RequestField> ALL = List.of(
            text("workload.name")
                    .column("Name", 24, "Workload", "Workload name", "Application", "Anwendung")
                    .usual()
                    .help("How you call it. Candidates name it, results are sorted by it.")
                    .example("support chat")
                    .row(),
            choice("workload.type", WorkloadType.class)
                    .column("Type", 15, "Workload type", "Kind", "Kind of work", "Typ", "Art")
                    .usual()
                    .help("What kind of work it is. Needed.")
                    .example("production")
                    .required()
                    .row(),
            model("workload.model")
                    .column(
                            "Model",
                            30,
                            "LLM",
                            "Model name",
                            "LLM model",
                            "AI model",
                            "Language model",
                            "Modell",
                            "Modèle",
                            "HF model",
                            "HF model id",
                            "Model id",
                            "Hugging Face model",
                            "Hugging Face id")
                    .listing(Lookup.MODELS)
                    .usual()
                    .help(
                            "Empty: for trials and internal tools any of the catalogue, else the reference model of that kind of work. Several with semicolons between, or any: those to choose from.")
                    .example("llama-3.1-70b")
                    .says("with %s", "with %s")
                    .asks(1, "Which model?")
                    .row(),
            text("workload.quantization")
                    .column("Quantization", 14, "Quantisation", "Precision", "Weights", "Quant")
                    .listing(Lookup.QUANTIZATIONS)
                    .help("Precision of the weights. Empty: the one that scores best on each candidate.")
                    .example("fp8")
                    .says("at %s", "at %s")
                    .asks(6, "Which precision is good enough?")
                    .row(),
            text("workload.kvCacheQuantization")
                    .column("KV cache quantization", 16, "KV cache quantisation", "KV quantization")
                    .listing(Lookup.KV_CACHE_TYPES)
                    .help("Precision of the KV cache. Empty: 16 bits.")
                    .example("fp8-e4m3")
                    .row(),
            whole("workload.inputTokens", 1, TOKENS, "tokens")
                    .column(
                            "Input tokens",
                            10,
                            "Prompt tokens",
                            "Tokens in",
                            "Avg input tokens",
                            "Average input tokens",
                            "Prompt length",
                            "Input length")
                    .usual()
                    .help("Tokens of one prompt, with history and documents.")
                    .example("2000")
                    .counts("tokens")
                    .says("with prompts of %s or more", "with prompts of %s or less")
                    .tried(1, 1e6, false)
                    .asks(8, "How long are the prompts?")
                    .row(),
            whole("workload.outputTokens", 1, TOKENS, "tokens")
                    .column(
                            "Output tokens",
                            10,
                            "Completion tokens",
                            "Tokens out",
                            "Avg output tokens",
                            "Average output tokens",
                            "Answer tokens",
                            "Response tokens",
                            "Answer length",
                            "Response length",
                            "Output length",
                            "Output")
                    .usual()
                    .help("Tokens of one answer.")
                    .example("300")
                    .row(),
            whole("workload.contextTokens", 1, TOKENS, "tokens")
                    .column("Context tokens", 10, "Context", "Context length", "Context window")
                    .help("The longest window that one request needs. Empty: input + output.")
                    .example("8192")
                    .counts("tokens")
                    .says("with a context of %s or more", "with a context of %s or less")
                    .tried(1, 1e6, false)
                    .asks(9, "How long does a conversation or a document get?")
                    .row(),
            whole("workload.sharedPrefixTokens", 0, TOKENS, "tokens")
                    .column("Shared prefix tokens", 12, "Shared prefix")
                    .help("Part of the prompt that all requests share, e.g. a system prompt.")
                    .example("500")
                    .counts("tokens")
                    .says("if %s or more of a prompt repeat", "if %s or fewer of a prompt repeat")
                    .asks(3, "How much of the prompt is the same in every request?")
                    .row(),
            whole("workload.concurrency", 1, PEOPLE, "requests")
                    .column(
                            "Concurrency",
                            13,
                            "Concurrent requests",
                            "Concurrent users",
                            "Concurrent sessions",
                            "Peak concurrency",
                            "Peak concurrent users",
                            "Max concurrent users",
                            "Simultaneous requests",
                            "Simultaneous users",
                            "Parallel requests",
                            "Requests at once",
                            "Users at once",
                            "Gleichzeitige Nutzer",
                            "Gleichzeitige Benutzer",
                            "Gleichzeitige Anfragen",
                            "Utilisateurs simultanés")
                    .usual()
                    .help("Requests at the same time at the busiest hour. Not people: see Named users.")
                    .example("200")
                    .counts("requests at the same time")
                    .tried(1, 1e5, false)
                    .asks(
                            4,
                            "How many requests come at the same time at the peak? That is not how many people may use it.")
                    .row(),
            whole("workload.namedUsers", 1, PEOPLE, "people")
                    .column("Named users", 10, "Users", "People", "Number of users", "Nutzer", "Benutzer", "Anwender")
                    .usual()
                    .help("People who may use it. Used where Concurrency is empty.")
                    .example("3000")
                    .counts("named users")
                    .tried(1, 1e6, false)
                    .asks(4, "Are these people, or requests at the same time?")
                    .row(),
            whole("workload.requestsPerDay", 1, 1e9, "requests")
                    .column("Requests per day", 11, "Daily requests", "Requests/day")
                    .help("Used where nothing else says how much it is.")
                    .example("50000")
                    .counts("requests a day")
                    .tried(1, 1e9, false)
                    .row(),
            positive("workload.requestsPerSecond", 0, 1e6, "requests")
                    .column("Requests per second", 11, "Requests/s", "Req/s", "Reqs/s", "QPS", "RPS", "Arrival rate")
                    .help("At the peak. Requests in flight follow from it, for each candidate by its own request time.")
                    .example("4")
                    .counts("requests a second")
                    .tried(0.001, 1e5, false)
                    .onlyShownIfSaid()
                    .row(),
            whole("workload.sessions", 1, PEOPLE, "sessions")
                    .column("Sessions", 10, "Agents", "Open conversations", "Calls")
                    .help(
                            "Conversations, calls or agents that are open at the same time. Each thinks between an answer and its next request.")
                    .example("78")
                    .counts("sessions")
                    .tried(1, 1e6, false)
                    .onlyShownIfSaid()
                    .row(),
            number("workload.thinkSeconds", 0, 86_400, "seconds")
                    .column("Think time (s)", 10, "Think seconds", "Pause (s)")
                    .help(
                            "Between an answer and the next request of the same session. Empty: what is usual for its use.")
                    .example("15")
                    .counts("s")
                    .says("if a session thinks for %s or more", "if a session thinks for %s or less")
                    .onlyShownIfSaid()
                    .row(),
            share("workload.cachedPromptShare", 0, 1, "a share of the prompt")
                    .column("Cached prompt share", 11, "Cached share", "Prefix cache hit rate")
                    .help(
                            "How much of a prompt a prefix cache already holds, e.g. 80 %. Empty: what is usual for its use, or nothing.")
                    .example("0.8")
                    .counts("of the prompt")
                    .says("with %s or more of it read before", "with %s or less of it read before")
                    .onlyShownIfSaid()
                    .row(),
            whole("workload.job.items", 1, 2e9, "items")
                    .column("Job items", 12, "Items", "Documents")
                    .help("Documents or records of one run. Only for work with an end (batch).")
                    .example("10000000")
                    .counts("items")
                    .says("with %s or more", "with %s or fewer")
                    .tried(1, 2e9, false)
                    .onlyShownIfSaid()
                    .row(),
            positive("workload.job.deadlineHours", 0, 100_000, "hours")
                    .column("Job deadline (h)", 10, "Deadline (h)", "Deadline hours")
                    .help("Within which one run has to be done. Empty: there is time.")
                    .example("8")
                    .counts("hours")
                    .says("if a run may take %s or more", "if a run may take only %s")
                    .tried(0.1, 1_000, false)
                    .onlyShownIfSaid()
                    .row(),
            positive("workload.job.timesPerMonth", 0, 10_000, "times")
                    .column("Job runs per month", 10, "Runs per month", "Times per month")
                    .help("How often it is run. Empty: once.")
                    .example("30")
                    .counts("runs a month")
                    .tried(0.1, 1_000, false)
                    .onlyShownIfSaid()
                    .row(),
            positive("workload.minDecodeTokensPerSecond", 0, 100_000, "tokens per second")
                    .column(
                            "Min decode (tok/s)",
                            11,
                            "Min decode tokens per second",
                            "Minimum decode",
                            "Min decode speed",
                            "Min tokens per second",
                            "Min tok/s",
                            "Tokens/s per user",
                            "Tokens per second per user")
                    .usual()
                    .help("Tokens a second that one user must see. 7 to 10 is reading speed; code wants 30 and more.")
                    .example("20")
                    .counts("tok/s")
                    .says("if each user must get %s", "if %s are enough for each user")
                    .tried(0.1, 10_000, true)
                    .asks(13, "How fast must it write for each user?")
                    .row(),
            positive("workload.maxTimeToFirstTokenSeconds", 0.001, 86_400, "seconds")
                    .column(
                            "Max time to first token (s)",
                            13,
                            "Max time to first token seconds",
                            "Max TTFT",
                            "TTFT",
                            "TTFT p95",
                            "P95 TTFT",
                            "Max TTFT p95")
                    .usual()
                    .help("For 95 of 100 requests. A chat wants 2 s or better.")
                    .example("2")
                    .counts("s")
                    .says("if the first token may take %s", "if the first token may take only %s")
                    .tried(0.001, 3600, false)
                    .asks(12, "How long may a user wait for the first token?")
                    .row(),
            yesNo("workload.speculativeDecoding")
                    .column("Speculative decoding", 12, "Speculation", "Draft model", "Multi-token prediction", "MTP")
                    .help(
                            "Draft tokens are guessed and checked several at a time: by the model's own extra layers or by a small draft model. Counted only where you say yes and a measurement is known.")
                    .example("yes")
                    .says("with speculative decoding", "without speculative decoding")
                    .onlyShownIfSaid()
                    .row(),
            choice("workload.fineTuning.method", FineTuningMethod.class)
                    .column("Fine-tuning method", 13, "Training method")
                    .help("Only where something is fine-tuned.")
                    .example("qlora")
                    .says("trained by %s", "trained by %s")
                    .row(),
            whole("workload.fineTuning.batch", 1, 100_000, "sequences")
                    .column("Fine-tuning batch", 12, "Training batch", "Batch size")
                    .help("Sequences in one training step.")
                    .example("4")
                    .row(),
            whole("workload.fineTuning.sequenceTokens", 1, TOKENS, "tokens")
                    .column(
                            "Fine-tuning sequence tokens",
                            14,
                            "Sequence tokens",
                            "Sequence length",
                            "Training sequence tokens")
                    .help("Tokens of one training sequence.")
                    .example("4096")
                    .row(),
            whole("workload.fineTuning.examples", 1, 2e9, "examples")
                    .column("Fine-tuning examples", 12, "Training examples", "Examples")
                    .help("Examples of one pass over the data. With them hours and dollars of a run are known.")
                    .example("10000")
                    .counts("examples")
                    .says("with %s or more", "with %s or fewer")
                    .tried(1, 2e9, false)
                    .onlyShownIfSaid()
                    .row(),
            whole("workload.fineTuning.tokensPerExample", 1, TOKENS, "tokens")
                    .column("Tokens per example", 12, "Example tokens")
                    .help("Prompt and answer of one example. Empty: what is usual.")
                    .example("800")
                    .onlyShownIfSaid()
                    .row(),
            positive("workload.fineTuning.epochs", 0, 10_000, "passes")
                    .column("Epochs", 8, "Passes")
                    .help("Passes over the data. Empty: what is usual.")
                    .example("3")
                    .onlyShownIfSaid()
                    .row(),
            positive("workload.fineTuning.timesPerMonth", 0, 10_000, "times")
                    .column("Training runs per month", 12, "Fine-tuning runs per month")
                    .help("How often it is trained. Empty: once.")
                    .example("4")
                    .counts("runs a month")
                    .says("with %s or more", "with %s or fewer")
                    .tried(0.1, 1_000, false)
                    .onlyShownIfSaid()
                    .row(),
            positive("workload.fineTuning.deadlineHours", 0, 100_000, "hours")
                    .column("Training deadline (h)", 12, "Fine-tuning deadline (h)")
                    .help("Within which a run has to be done. Empty: there is time.")
                    .example("12")
                    .counts("hours")
                    .says("if a run may take %s or more", "if a run may take only %s")
                    .tried(0.1, 1_000, false)
                    .onlyShownIfSaid()
                    .row(),
            choice("workload.use", Use.class)
                    .column("Use", 15, "Use case", "Purpose")
                    .help("How long prompts and answers are, where you do not say.")
                    .example("chat")
                    .onlyShownIfSaid()
                    .row(),
            texts("workload.companions")
                    .column("Companions", 24, "Companion models", "Beside the model", "Embedding model")
                    .help(
                            "Embedding, reranking, speech or OCR models on the same devices, by their ids in Companions; several with semicolons between.")
                    .example("bge-m3; bge-reranker-v2-m3")
                    .onlyShownIfSaid()
                    .row(),
            texts("workload.labels")
                    .column("Labels", 20, "Label", "Tags")
                    .help(
                            "Words of your own that rules and tables can ask for, e.g. health-data; several with semicolons between.")
                    .example("health-data; pilot")
                    .onlyShownIfSaid()
                    .row(),
            models("workload.models")
                    .column("Models", 30, "Models to choose from", "Candidate models")
                    .help(
                            "Instead of one model those to choose from, with semicolons between; any: whichever the catalogue has.")
                    .example("qwen3-8b; gemma-3-12b")
                    .onlyShownIfSaid()
                    .row(),
            text("workload.atLeastAsGoodAs")
                    .column("At least as good as", 24, "Quality at least", "As good as")
                    .listing(Lookup.MODELS)
                    .help("A model that the answer must not fall behind for the stated use, as far as tests tell.")
                    .example("qwen3-32b")
                    .says("at least as good as %s", "at least as good as %s")
                    .onlyShownIfSaid()
                    .row(),
            choice("workload.modality", Modality.class)
                    .column("Modality", 10, "Input", "Reads")
                    .help("What the model must read: text, image (and text), audio (and text). Empty: text.")
                    .example("image")
                    .onlyShownIfSaid()
                    .row(),
            number("budget.purchaseUsd", 0, 1e12, "US dollars")
                    .column("Purchase budget (USD)", 12, "Purchase", "Capex", "Purchase USD")
                    .usual()
                    .help("What may be spent at once. Empty: no limit.")
                    .example("50000")
                    .counts("to buy with")
                    .says("with %s, or more", "with %s, or less")
                    .tried(1, 1e9, false)
                    .row(),
            number("budget.monthlyUsd", 0, 1e12, "US dollars")
                    .column("Monthly budget (USD)", 12, "Budget per month", "Budget/month", "Opex", "Monthly USD")
                    .usual()
                    .help("What it may cost a month, all in. Empty: no limit.")
                    .example("30000")
                    .counts("a month")
                    .says("with %s, or more", "with %s, or less")
                    .tried(1, 1e8, false)
                    .asks(7, "What may it cost a month?")
                    .row(),
            whole("budget.horizonMonths", 1, 240, "months")
                    .column("Horizon (months)", 10, "Horizon months")
                    .help("Over which a purchase is written off.")
                    .example("24")
                    .counts("months")
                    .says("written off over %s or more", "written off over %s or less")
                    .tried(12, 60, false)
                    .asks(14, "Over how many months is a purchase written off?")
                    .row(),
            share("budget.utilization", 0.001, 1, "a share of the time")
                    .column("Utilization", 11, "Utilisation")
                    .help("Share of the time that it is busy, e.g. 30 %. It decides between buying and renting.")
                    .example("0.3")
                    .counts("of the time")
                    .says("busy %s or more", "busy %s or less")
                    .tried(0.01, 1, false)
                    .asks(11, "What share of the time will it be busy?")
                    .row(),
            number("budget.electricityUsdPerKwh", 0, 100, "US dollars")
                    .column("Electricity (USD/kWh)", 12, "Electricity price", "Power price")
                    .help("Price of a kilowatt-hour.")
                    .example("0.15")
                    .row(),
            choices("team.skills", Skill.class)
                    .column("Skills", 34, "Team skills", "Team")
                    .usual()
                    .help(
                            "What the team knows, with commas between: macos, python-ml, linux, cuda, kubernetes. \"none\": nothing of these.")
                    .example("linux; cuda")
                    .says("if the team knows %s", "if the team knows %s")
                    .asks(10, "What does the team know?")
                    .row(),
            yesNo("constraints.offline")
                    .column("Offline", 11, "Air-gapped")
                    .help("No connection to anywhere: nothing can be rented.")
                    .example("yes")
                    .says("without a connection", "with a connection")
                    .row(),
            yesNo("constraints.dataMustStay")
                    .column("Data must stay", 11, "On premises only", "Data stays")
                    .help("Data may not leave the house: nothing can be rented.")
                    .example("yes")
                    .says("if data must stay in the house", "if data may leave the house")
                    .asks(2, "May data leave the house, so that a hosted API could serve it?")
                    .row(),
            yesNo("constraints.mobile")
                    .column("Mobile", 11, "Laptop", "Portable")
                    .help("It has to be a laptop.")
                    .example("yes")
                    .says("if it must be a laptop", "if it need not be a laptop")
                    .row(),
            whole("constraints.availableWithinWeeks", 0, 1_000, "weeks")
                    .column("Available within (weeks)", 12, "Needed within", "Lead time")
                    .help("Longer lead times are warned about.")
                    .example("8")
                    .counts("weeks")
                    .says("if it may take %s or more", "if it may take %s or less")
                    .tried(0, 104, false)
                    .asks(5, "By when is it needed?")
                    .row(),
            yesNo("constraints.allowProjected")
                    .column("Allow projected", 11, "Allow announced")
                    .help("Hardware that is announced and not sold yet may be recommended.")
                    .example("yes")
                    .says("if you wait for what is only announced", "without waiting")
                    .row(),
            machines("constraints.owned")
                    .column(
                            "Owned",
                            34,
                            "Owned hardware",
                            "Already owned",
                            "We have",
                            "Existing hardware",
                            "Existing GPUs")
                    .help("What you have already, e.g. nvidia-rtx-3090 x 2; Mac Studio M1 Max 64GB.")
                    .example("nvidia-rtx-3090 x 2")
                    .row(),
            choice("constraints.acquisition", Acquisition.class)
                    .column("Allowed acquisition", 12, "Acquisition allowed", "Only by")
                    .help("The only way to come by hardware that is considered where candidates are not named.")
                    .example("rent")
                    .says("if you only %s", "if you only %s")
                    .onlyShownIfSaid()
                    .row(),
            whole("constraints.spareReplicas", 0, 1_000, "replicas")
                    .column("Spare replicas", 10, "Spares", "Redundancy")
                    .help(
                            "How many replicas may fail without the rest being too few. Empty: what is usual for the kind of work.")
                    .example("1")
                    .counts("spare replicas")
                    .says("with %s or more", "with %s or fewer")
                    .onlyShownIfSaid()
                    .row(),
            number("constraints.burstFactor", 1, 1_000, "times")
                    .column("Burst factor", 9, "Peak factor", "Burst")
                    .help("Peak over the stated load, 1 or more. Empty: the stated load is the peak.")
                    .example("1.5")
                    .counts("times the load")
                    .onlyShownIfSaid()
                    .row(),
            positive("constraints.maxPowerWatts", 0, 1e8, "watts")
                    .column("Max power (W)", 10, "Power limit (W)", "Power budget (W)")
                    .help(
                            "Of all machines with their hosts under load: a socket, a rack. What is rented draws it elsewhere. Empty: no limit.")
                    .example("3600")
                    .counts("W")
                    .says("with %s or more", "with %s or less")
                    .tried(50, 1e6, false)
                    .onlyShownIfSaid()
                    .row(),
            text("constraints.region")
                    .column("Region", 12, "Cloud region", "Data region", "Rented in")
                    .help("Where what is rented must stand: EU, US, us-east-1. Empty: anywhere.")
                    .example("EU")
                    .says("in %s", "in %s")
                    .onlyShownIfSaid()
                    .row(),
            whole("constraints.maxMachines", 0, 100_000, "machines")
                    .column("Max machines", 10, "Room for machines", "Machine limit")
                    .help(
                            "The place has room for so many: complete machines, or hosts around cards, of all replicas with the spare ones. What is rented stands elsewhere. Empty: no limit.")
                    .example("4")
                    .counts("machines")
                    .says("with room for %s or more", "with room for %s or fewer")
                    .tried(1, 10_000, false)
                    .onlyShownIfSaid()
                    .row(),
            yesNo("constraints.autoscaling")
                    .column("Autoscaling", 13, "Scales with the load", "Fewer at night")
                    .help(
                            "Rented replicas follow the load: fewer run, and are paid, in the quiet hours. Bought ones stand there anyway.")
                    .example("yes")
                    .says("if replicas follow the load", "if all replicas stay on at night")
                    .onlyShownIfSaid()
                    .row(),
            date("asOf").example("2026-11-22").row(),
            choice("explain", Explain.class).example("summary").row(),
            whole("limit", 1, 10_000, "a whole number").example("20").row());

    /** What a row of candidates says; {@code workload} stands in workbooks only. */
    public static final List<RequestField> OF_CANDIDATES = List.of(
            text("hardware")
                    .column(
                            "Hardware",
                            44,
                            "Machine",
                            "System",
                            "GPU",
                            "GPU model",
                            "GPU type",
                            "GPU name",
                            "Accelerator",
                            "Graphics card",
                            "Video card",
                            "Grafikkarte",
                            "GPU-Modell",
                            "Carte graphique")
                    .listing(Lookup.HARDWARE)
                    .usual()
                    .help("A machine, a card, or hosted-api. Needed.")
                    .example("nvidia-h100-sxm-80gb")
                    .required()
                    .row(),
            whole("devices", 1, 1024, "devices")
                    .column(
                            "Devices",
                            9,
                            "Number of devices",
                            "Device count",
                            "GPUs",
                            "GPU count",
                            "Number of GPUs",
                            "GPUs per node",
                            "Count",
                            "Quantity",
                            "Qty",
                            "Anzahl",
                            "Stückzahl",
                            "Menge",
                            "No. of GPUs",
                            "# GPUs",
                            "# of GPUs",
                            "GPUs per server",
                            "Quantité",
                            "TP",
                            "TP size",
                            "Tensor parallel",
                            "Tensor parallel size",
                            "GPUs per replica",
                            "GPUs per instance",
                            "pcs",
                            "Pieces",
                            "Stk")
                    .usual()
                    .help("Devices that one copy of the model spans. Empty: as few as carry it.")
                    .example("2")
                    .row(),
            whole("replicas", 1, 100_000, "replicas")
                    .column("Replicas", 9, "Number of replicas")
                    .help("Exactly so many copies. Empty: as many as the workload needs.")
                    .example("3")
                    .row(),
            choice("acquisition", Acquisition.class)
                    .column("Acquisition", 12, "Buy or rent")
                    .usual()
                    .help("Empty: whichever scores best.")
                    .example("rent")
                    .row(),
            text("offer")
                    .column("Offer", 38, "Rental offer")
                    .listing(Lookup.OFFERS)
                    .help("A rental offer for this hardware. Empty: the best one.")
                    .example("runpod-h100")
                    .row(),
            text("engine")
                    .column("Engine", 14, "Inference engine", "Runtime")
                    .listing(Lookup.ENGINES)
                    .usual()
                    .help("Empty: the one that scores best.")
                    .example("vllm")
                    .row(),
            text("quantization")
                    .column("Quantization", 14, "Quantisation", "Precision", "Quant")
                    .listing(Lookup.QUANTIZATIONS)
                    .usual()
                    .help("Empty: the one that scores best.")
                    .example("fp8")
                    .row(),
            texts("workload")
                    .column("Workload", 24, "Workloads")
                    .listing(Lookup.WORKLOADS)
                    .usual()
                    .help("For which workload, or several with semicolons between. Empty: for all.")
                    .example("support chat")
                    .row(),
            number("priceUsd", 0, 1e12, "US dollars")
                    .column(
                            "Price (USD)",
                            12,
                            "Price per device",
                            "Unit price",
                            "Price per GPU",
                            "Price per card",
                            "Street price",
                            "Preis",
                            "Stückpreis",
                            "Einzelpreis",
                            "Unit cost",
                            "Price each",
                            "Price per unit",
                            "Purchase price",
                            "Price/GPU",
                            "Price/card",
                            "Cost per GPU",
                            "Buy price",
                            "Buy",
                            "List price",
                            "MSRP",
                            "Kaufpreis",
                            "Prix",
                            "Prix unitaire")
                    .help("Of one device, instead of the catalogue's. Of what you own: its book value.")
                    .example("30000")
                    .row(),
            number("pricePerHourUsd", 0, 1e6, "US dollars")
                    .column(
                            "Price per hour (USD)",
                            12,
                            "Hourly price",
                            "Hourly rate",
                            "Rate per hour",
                            "Price/h",
                            "Price/hr",
                            "Price per hr",
                            "Cost per hour",
                            "Cost/h",
                            "Cost/hr",
                            "Hourly cost",
                            "USD/h",
                            "USD/hr",
                            "USD/hour",
                            "$/h",
                            "$/hr",
                            "$/hour",
                            "Hourly",
                            "Rent/h",
                            "Rent per hour",
                            "On-demand $/h",
                            "On-demand $/hr",
                            "On-demand price",
                            "On-demand per hour",
                            "On-demand hourly rate",
                            "On-demand hourly",
                            "Price per GPU hour",
                            "Price per GPU per hour",
                            "Price per device hour",
                            "Price/GPU/h",
                            "Price/GPU/hr",
                            "Price/GPU hour",
                            "Price per hour per GPU",
                            "Preis pro Stunde",
                            "Preis/h",
                            "Miete/h",
                            "Prix par heure")
                    .help("Of one device that you rent, instead of an offer's.")
                    .example("2.1")
                    .row());

    private static final Set<Kind> LISTS = Set.of(Kind.TEXTS, Kind.MODELS, Kind.MACHINES);
    private static final Set<String> NEVER_VARIED = Set.of("workload.name", "explain", "limit");

    private RequestFields() {}

    /** @throws IllegalArgumentException where there is no such field */
    public static RequestField get(String path) {
        return of(ALL, path);
    }

    /** @throws IllegalArgumentException where candidates have no such field */
    public static RequestField ofCandidate(String name) {
        return of(OF_CANDIDATES, name);
    }

    private static RequestField of(List<RequestField> rows, String path) {
        return rows.stream()
                .filter(each -> each.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no field " + path + "."));
    }

    /** Those that stand in columns of the sheet {@code Workload}. */
    public static List<RequestField> ofWorkloads() {
        return ALL.stream().filter(each -> each.column() != null).toList();
    }

    /** Those that a sweep may vary. */
    public static List<RequestField> varied() {
        return ALL.stream()
                .filter(each -> !LISTS.contains(each.kind()) && !NEVER_VARIED.contains(each.path()))
                .toList();
    }

    /** One that a sweep may vary, by its path or, as no two share it, the last part of the path. */
    public static Optional<RequestField> findVaried(String name) {
        String wanted = Ids.normalise(name);
        return varied().stream()
                .filter(each -> Ids.normalise(each.path()).equals(wanted)
                        || Ids.normalise(each.name()).equals(wanted))
                .findFirst();
    }
}
