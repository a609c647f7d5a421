package quartermaster.workbook.template;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.poi.xssf.usermodel.XSSFName;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Named;
import quartermaster.catalogue.Offer;
import quartermaster.catalogue.Quantization;
import quartermaster.request.Acquisition;
import quartermaster.request.FineTuningMethod;
import quartermaster.request.RequestField;
import quartermaster.request.Skill;
import quartermaster.request.Use;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Choice;
import quartermaster.unit.Place;
import quartermaster.workbook.pen.CellLook;
import quartermaster.workbook.pen.CellWriter;
import quartermaster.workbook.pen.ResultSheet;
import quartermaster.workbook.upload.CandidatesReader;

/** The sheet behind the drop-downs: one column and one named range for each list. */
final class TemplateLists {
    static final String SHEET = CandidatesReader.LISTS_SHEET;

    private TemplateLists() {}

    /** Of a list; its range is called so in the workbook. */
    enum Name {
        WORKLOAD_TYPES("Workload types", 16, WorkloadType.class),
        MODELS("Models", 34),
        QUANTIZATIONS("Quantizations", 18),
        KV_CACHE_TYPES("KV cache types", 38),
        HARDWARE("Hardware", 52),
        ACQUISITIONS("Acquisition", 14, Acquisition.class),
        OFFERS("Offers", 50),
        ENGINES("Engines", 16),
        FINE_TUNING_METHODS("Fine-tuning methods", 20, FineTuningMethod.class),
        USES("Uses", 16, Use.class),
        SKILLS("Skills", 14, Skill.class),
        YES_NO("Yes or no", 12),
        WORKLOADS("", 0);

        private final String header;
        private final int characters;
        private final @Nullable Class<? extends Enum<?>> constants;

        Name(String header, int characters) {
            this(header, characters, null);
        }

        Name(String header, int characters, @Nullable Class<? extends Enum<?>> constants) {
            this.header = header;
            this.characters = characters;
            this.constants = constants;
        }

        /** The list behind a field's cells; none where anything may stand there. */
        static Optional<Name> of(RequestField field) {
            RequestField.Lookup lookup = field.requireColumn().lookup();
            if (lookup != null) {
                return Optional.of(valueOf(lookup.name()));
            }
            if (field.kind() == RequestField.Kind.YES_NO) {
                return Optional.of(YES_NO);
            }
            return field.kind() == RequestField.Kind.CHOICE
                    ? Arrays.stream(values())
                            .filter(each -> each.constants == field.choices())
                            .findFirst()
                    : Optional.empty();
        }

        /** As formulas write it, e.g. {@code List_workload_types}. */
        String range() {
            return "List_" + name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param workloads the sheet whose first column names the workloads */
    static void write(XSSFWorkbook book, CellWriter pen, Catalogue catalogue, String workloads, int workloadRows) {
        XSSFSheet sheet = book.createSheet(SHEET);
        int column = 0;
        for (Name name : Name.values()) {
            if (name == Name.WORKLOADS) {
                define(book, name, "'" + workloads + "'!$A$2:$A$" + (workloadRows + 1));
                continue;
            }
            pen.write(sheet, 0, column, name.header, CellLook.HEADER);
            sheet.setColumnWidth(column, name.characters * ResultSheet.WIDTH_UNIT);
            int row = 1;
            for (String entry : entries(name, catalogue)) {
                pen.write(sheet, row++, column, entry, CellLook.BODY);
            }
            String letters = Place.Cell.letters(column);
            define(book, name, "'" + SHEET + "'!$" + letters + "$2:$" + letters + "$" + Math.max(2, row));
            column++;
        }
        sheet.createFreezePane(0, 1);
        ResultSheet.landscape(sheet);
        book.setSheetHidden(book.getSheetIndex(sheet), true);
    }

    private static List<String> entries(Name name, Catalogue catalogue) {
        return switch (name) {
            case WORKLOAD_TYPES, ACQUISITIONS, FINE_TUNING_METHODS, USES, SKILLS ->
                Choice.ids(Objects.requireNonNull(name.constants));
            case MODELS -> names(catalogue.models());
            case QUANTIZATIONS -> quantizations(catalogue, Quantization::forWeights);
            case KV_CACHE_TYPES -> quantizations(catalogue, each -> !each.forWeights());
            case HARDWARE -> names(catalogue.hardware());
            case OFFERS ->
                catalogue.offers().stream()
                        .filter(offer -> !offer.index())
                        .map(Offer::id)
                        .toList();
            case ENGINES ->
                Stream.of(catalogue.engines(), catalogue.training().tools())
                        .flatMap(each -> names(each).stream())
                        .toList();
            case YES_NO -> List.of("yes", "no");
            case WORKLOADS -> List.of();
        };
    }

    private static <T extends Named> List<String> names(Collection<T> rows) {
        return rows.stream().map(Named::name).toList();
    }

    private static List<String> quantizations(Catalogue catalogue, Predicate<Quantization> which) {
        return names(catalogue.quantizations().stream().filter(which).toList());
    }

    private static void define(XSSFWorkbook book, Name name, String range) {
        XSSFName defined = book.createName();
        defined.setNameName(name.range());
        defined.setRefersToFormula(range);
    }
}
