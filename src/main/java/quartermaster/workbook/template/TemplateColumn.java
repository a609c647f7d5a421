package quartermaster.workbook.template;

import org.jspecify.annotations.Nullable;
import quartermaster.workbook.pen.ValueFormat;
import quartermaster.workbook.upload.CandidateColumn;
import quartermaster.workbook.upload.WorkloadColumn;

/**
 * A column to fill in.
 *
 * @param list name of the range that its drop-down shows; null where there is none
 * @param least the smallest number that makes sense; null for text
 * @param several whether more than one entry may stand in a cell
 * @param usual whether most people fill it in
 */
record TemplateColumn(
        String header,
        int characters,
        ValueFormat format,
        TemplateLists.@Nullable Name list,
        @Nullable Double least,
        boolean several,
        boolean usual,
        String note) {

    static final TemplateColumn NOTES =
            new TemplateColumn("Notes", 44, ValueFormat.TEXT, null, null, true, false, "For you. It is not read.");

    static TemplateColumn of(WorkloadColumn column) {
        String header = column.header();
        return switch (column) {
            case NAME ->
                text(header, 24, "How you call it. Candidates name it, results are sorted by it.")
                        .asUsual();
            case TYPE ->
                choice(header, 15, TemplateLists.Name.WORKLOAD_TYPES, "What kind of work it is. Needed.")
                        .asUsual();
            case MODEL ->
                choice(header, 30, TemplateLists.Name.MODELS, "Empty: the reference model of that kind of work.")
                        .asUsual();
            case QUANTIZATION ->
                choice(
                        header,
                        14,
                        TemplateLists.Name.QUANTIZATIONS,
                        "Precision of the weights. Empty: the one that scores best on each candidate.");
            case KV_CACHE_QUANTIZATION ->
                choice(header, 16, TemplateLists.Name.KV_CACHE_TYPES, "Precision of the KV cache. Empty: 16 bits.");
            case INPUT_TOKENS ->
                whole(header, 10, 1, "Tokens of one prompt, with history and documents.")
                        .asUsual();
            case OUTPUT_TOKENS -> whole(header, 10, 1, "Tokens of one answer.").asUsual();
            case CONTEXT_TOKENS ->
                whole(header, 10, 1, "The longest window that one request needs. Empty: input + output.");
            case SHARED_PREFIX_TOKENS ->
                whole(header, 12, 0, "Part of the prompt that all requests share, e.g. a system prompt.");
            case CONCURRENCY ->
                whole(header, 13, 1, "Requests at the same time at the busiest hour. Not people: see Named users.")
                        .asUsual();
            case NAMED_USERS ->
                whole(header, 10, 1, "People who may use it. Used where Concurrency is empty.")
                        .asUsual();
            case REQUESTS_PER_DAY -> whole(header, 11, 1, "Used where nothing else says how much it is.");
            case MIN_DECODE ->
                decimal(
                                header,
                                11,
                                "Tokens a second that one user must see. 7 to 10 is reading speed; code wants 30 and more.")
                        .asUsual();
            case MAX_TIME_TO_FIRST_TOKEN ->
                decimal(header, 13, "For 95 of 100 requests. A chat wants 2 s or better.")
                        .asUsual();
            case FINE_TUNING_METHOD ->
                choice(header, 13, TemplateLists.Name.FINE_TUNING_METHODS, "Only where something is fine-tuned.");
            case FINE_TUNING_BATCH -> whole(header, 12, 1, "Sequences in one training step.");
            case FINE_TUNING_SEQUENCE_TOKENS -> whole(header, 14, 1, "Tokens of one training sequence.");
            case USE ->
                choice(header, 15, TemplateLists.Name.USES, "How long prompts and answers are, where you do not say.");
            case PURCHASE_BUDGET ->
                money(header, 12, "What may be spent at once. Empty: no limit.").asUsual();
            case MONTHLY_BUDGET ->
                money(header, 12, "What it may cost a month, all in. Empty: no limit.")
                        .asUsual();
            case HORIZON -> whole(header, 10, 1, "Over which a purchase is written off.");
            case UTILIZATION ->
                new TemplateColumn(
                        header,
                        11,
                        ValueFormat.PERCENT,
                        null,
                        0.0,
                        false,
                        false,
                        "Share of the time that it is busy, e.g. 30 %. It decides between buying and renting.");
            case ELECTRICITY ->
                new TemplateColumn(
                        header, 12, ValueFormat.TWO_DECIMALS, null, 0.0, false, false, "Price of a kilowatt-hour.");
            case SKILLS ->
                text(
                                header,
                                26,
                                "What the team knows, with commas between: macos, python-ml, linux, cuda, kubernetes. \"none\": nothing of these.")
                        .asUsual();
            case OFFLINE -> yesNo(header, "No connection to anywhere: nothing can be rented.");
            case DATA_MUST_STAY -> yesNo(header, "Data may not leave the house: nothing can be rented.");
            case MOBILE -> yesNo(header, "It has to be a laptop.");
            case AVAILABLE_WITHIN -> whole(header, 12, 0, "Longer lead times are warned about.");
            case ALLOW_PROJECTED -> yesNo(header, "Hardware that is announced and not sold yet may be recommended.");
            case OWNED -> text(header, 34, "What you have already, e.g. nvidia-rtx-3090 x 2; Mac Studio M1 Max 64GB.");
        };
    }

    static TemplateColumn of(CandidateColumn column) {
        String header = column.header();
        return switch (column) {
            case HARDWARE ->
                choice(header, 44, TemplateLists.Name.HARDWARE, "A machine or a card. Needed.")
                        .asUsual();
            case DEVICES ->
                whole(header, 9, 1, "Devices that one copy of the model spans. Empty: as few as carry it.")
                        .asUsual();
            case REPLICAS -> whole(header, 9, 1, "Exactly so many copies. Empty: as many as the workload needs.");
            case ACQUISITION ->
                choice(header, 12, TemplateLists.Name.ACQUISITIONS, "Empty: whichever scores best.")
                        .asUsual();
            case OFFER ->
                choice(header, 38, TemplateLists.Name.OFFERS, "A rental offer for this hardware. Empty: the best one.");
            case ENGINE ->
                choice(header, 14, TemplateLists.Name.ENGINES, "Empty: the one that scores best.")
                        .asUsual();
            case QUANTIZATION ->
                choice(header, 14, TemplateLists.Name.QUANTIZATIONS, "Empty: the one that scores best.")
                        .asUsual();
            case WORKLOAD ->
                choice(
                                header,
                                24,
                                TemplateLists.Name.WORKLOADS,
                                "For which workload, or several with semicolons between. Empty: for all.")
                        .allowsSeveral()
                        .asUsual();
            case PRICE -> money(header, 12, "Of one device, instead of the catalogue's.");
        };
    }

    private static TemplateColumn text(String header, int characters, String note) {
        return new TemplateColumn(header, characters, ValueFormat.TEXT, null, null, true, false, note);
    }

    private static TemplateColumn choice(String header, int characters, TemplateLists.Name list, String note) {
        return new TemplateColumn(header, characters, ValueFormat.TEXT, list, null, false, false, note);
    }

    private static TemplateColumn yesNo(String header, String note) {
        return choice(header, 11, TemplateLists.Name.YES_NO, note);
    }

    private static TemplateColumn whole(String header, int characters, double least, String note) {
        return new TemplateColumn(header, characters, ValueFormat.WHOLE, null, least, false, false, note);
    }

    private static TemplateColumn decimal(String header, int characters, String note) {
        return new TemplateColumn(header, characters, ValueFormat.NUMBER, null, 0.0, false, false, note);
    }

    private static TemplateColumn money(String header, int characters, String note) {
        return new TemplateColumn(header, characters, ValueFormat.DOLLARS, null, 0.0, false, false, note);
    }

    private TemplateColumn asUsual() {
        return new TemplateColumn(header, characters, format, list, least, several, true, note);
    }

    private TemplateColumn allowsSeveral() {
        return new TemplateColumn(header, characters, format, list, least, true, usual, note);
    }
}
