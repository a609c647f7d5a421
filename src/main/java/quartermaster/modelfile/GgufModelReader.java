package quartermaster.modelfile;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.ConversionState;
import quartermaster.catalogue.model.ImportedModel;
import quartermaster.catalogue.model.ParameterCount;
import quartermaster.json.JsonFields;
import quartermaster.json.ProblemList;
import quartermaster.unit.Ids;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** Reads a model from the header of its GGUF file, or files: never from the weights behind it. */
public final class GgufModelReader {
    private static final Pattern PART = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})(\\.gguf)");
    private static final int MOST_PARTS = 1_000;

    /** By {@code general.file_type}. */
    private static final Map<Long, String> QUANTIZATIONS = Map.ofEntries(
            Map.entry(0L, "F32"),
            Map.entry(1L, "F16"),
            Map.entry(2L, "Q4_0"),
            Map.entry(3L, "Q4_1"),
            Map.entry(7L, "Q8_0"),
            Map.entry(8L, "Q5_0"),
            Map.entry(9L, "Q5_1"),
            Map.entry(10L, "Q2_K"),
            Map.entry(11L, "Q3_K_S"),
            Map.entry(12L, "Q3_K_M"),
            Map.entry(13L, "Q3_K_L"),
            Map.entry(14L, "Q4_K_S"),
            Map.entry(15L, "Q4_K_M"),
            Map.entry(16L, "Q5_K_S"),
            Map.entry(17L, "Q5_K_M"),
            Map.entry(18L, "Q6_K"),
            Map.entry(19L, "IQ2_XXS"),
            Map.entry(20L, "IQ2_XS"),
            Map.entry(21L, "Q2_K_S"),
            Map.entry(22L, "IQ3_XS"),
            Map.entry(23L, "IQ3_XXS"),
            Map.entry(24L, "IQ1_S"),
            Map.entry(25L, "IQ4_NL"),
            Map.entry(26L, "IQ3_S"),
            Map.entry(27L, "IQ3_M"),
            Map.entry(28L, "IQ2_S"),
            Map.entry(29L, "IQ2_M"),
            Map.entry(30L, "IQ4_XS"),
            Map.entry(31L, "IQ1_M"),
            Map.entry(32L, "BF16"),
            Map.entry(36L, "TQ1_0"),
            Map.entry(37L, "TQ2_0"),
            Map.entry(38L, "MXFP4"));

    private final GgufHeader header;
    private final long fileBytes;

    private GgufModelReader(GgufHeader header, long fileBytes) {
        this.header = header;
        this.fileBytes = fileBytes;
    }

    /** Whether a file begins as one of GGUF does. */
    public static boolean isGguf(byte[] beginning) {
        for (int i = 0; i < GgufParser.MAGIC.length; i++) {
            if (i >= beginning.length || beginning[i] != GgufParser.MAGIC[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The model, or everything that stands in its way. Of a model in several files, all must lie beside each other.
     *
     * @param terms what is not given in them comes from the header, where it has it
     * @throws IOException where a file cannot be read
     * @throws BadGgufException where a file is not GGUF, or damaged
     */
    public static Imported<@Nullable ImportedModel> read(Path file, ModelTerms terms)
            throws IOException, BadGgufException {
        GgufHeader first = header(file);
        Long parts = first.number("split.count");
        if (parts == null || parts <= 1) {
            return new GgufModelReader(first, Files.size(file)).model(terms);
        }
        if (parts > MOST_PARTS) {
            throw new BadGgufException("The file claims to be one of " + parts + "; expected " + MOST_PARTS + ".");
        }
        List<GgufHeader> headers = new ArrayList<>();
        long bytes = 0;
        for (Path part : parts(file, parts.intValue())) {
            headers.add(header(part));
            bytes += Files.size(part);
        }
        return new GgufModelReader(GgufHeader.joined(headers), bytes).model(terms);
    }

    private static List<Path> parts(Path file, int count) throws BadGgufException {
        Matcher name = PART.matcher(String.valueOf(file.getFileName()));
        if (!name.matches()) {
            throw new BadGgufException("The file is one of " + count + ", and its name does not say which: expected"
                    + " NAME-00001-of-" + String.format(Locale.ROOT, "%05d", count) + ".gguf.");
        }
        List<Path> parts = new ArrayList<>();
        for (int part = 1; part <= count; part++) {
            String sibling = String.format(Locale.ROOT, "%s-%05d-of-%05d%s", name.group(1), part, count, name.group(4));
            Path path = file.resolveSibling(sibling);
            if (!Files.isRegularFile(path)) {
                throw new BadGgufException("The model lies in " + count + " files; " + sibling + " is missing.");
            }
            parts.add(path);
        }
        return parts;
    }

    private static GgufHeader header(Path file) throws IOException, BadGgufException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return GgufParser.read(in);
        }
    }

    private Imported<@Nullable ImportedModel> model(ModelTerms terms) {
        String architecture = header.text("general.architecture");
        if (architecture == null) {
            return refused("missing-key", "Key general.architecture is missing.");
        }
        ConfigFamily family = family(architecture);
        if (family == null) {
            List<String> known = GgufConfig.architectures();
            String meant = Ids.nearest(architecture, known)
                    .map(name -> " Did you mean " + name + "?")
                    .orElse("");
            return refused(
                    "unknown-architecture",
                    "Architecture " + architecture + " is not known." + meant + ModelConfigReader.BY_HAND + "\nKnown: "
                            + String.join(", ", known) + ".");
        }
        ProblemList problems = new ProblemList();
        JsonFields fields = JsonFields.of(GgufConfig.of(header, architecture, family), "", problems);
        ConfigKeys keys = new ConfigKeys(fields, Map.of());
        ConfigModel model = new ConfigModel(family, keys, new ConfigKeys(fields, Map.of()));
        ParameterCount count = count(model, keys);
        ImportedModel imported = model.model(terms(terms, count), count, ConversionState.BUILT);
        return problems.isEmpty()
                ? new Imported<>(imported, List.of())
                : Imported.nothing(problems.toList().stream()
                        .distinct()
                        .map(problem -> GgufConfig.renamed(problem, architecture))
                        .toList());
    }

    private @Nullable ConfigFamily family(String architecture) {
        String type = GgufConfig.type(architecture);
        Long experts = header.number(architecture + ".expert_count");
        boolean mixtral = architecture.equals("llama") && experts != null && experts > 1;
        return type == null
                ? null
                : ConfigFamily.find(mixtral ? "mixtral" : type).orElse(null);
    }

    /** Tensor by tensor; by its dimensions where the file has no tensors. */
    private ParameterCount count(ConfigModel model, ConfigKeys keys) {
        ParameterCount counted = GgufTensors.count(header, model.layers(), model.usedShare());
        if (header.tensors().isEmpty()) {
            keys.assumed("Total parameters (B)", "The file has no tensors: counted from the architecture.");
            return model.count();
        }
        keys.derived("Total parameters (B)", "Counted tensor by tensor.");
        return counted;
    }

    private ModelTerms terms(ModelTerms given, ParameterCount count) {
        String name = header.text("general.name");
        String licence = given.licence() == null ? header.text("general.license") : given.licence();
        return given.completed(name, licence, note(count));
    }

    private String note(ParameterCount count) {
        Long type = header.number("general.file_type");
        String quantization = type == null ? null : QUANTIZATIONS.get(type);
        double bits = fileBytes * 8.0 / count.total();
        String size = String.format(Locale.ROOT, "%.2f GB", fileBytes / 1e9);
        String dense = bits < 1 ? "" : String.format(Locale.ROOT, ", %.2f bits per weight", bits);
        return "Imported from a file of " + size + dense + (quantization == null ? "" : " in " + quantization) + ".";
    }

    private static Imported<@Nullable ImportedModel> refused(String code, String message) {
        return Imported.nothing(List.of(new Problem(code, message, new Place.Named("general.architecture"))));
    }
}
