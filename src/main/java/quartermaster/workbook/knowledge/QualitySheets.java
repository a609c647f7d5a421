package quartermaster.workbook.knowledge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import quartermaster.quality.Benchmark;
import quartermaster.quality.PrecisionLoss;
import quartermaster.quality.TestResult;
import quartermaster.unit.Fields;
import quartermaster.workbook.read.SheetTable.TableRow;

/** The sheets of {@code catalogue.xlsx} that say how good models are; older catalogues lack them. */
final class QualitySheets {
    private final Rows rows;
    private final Set<String> models;
    private final Set<String> quantizations;
    private final Set<String> counted = new HashSet<>(); // use, benchmark and version

    /** Rows of a sheet, none where it is not there. */
    interface Rows {
        List<Record> of(String sheet, Function<TableRow, Record> make);
    }

    QualitySheets(Rows rows, Set<String> models, Set<String> quantizations) {
        this.rows = rows;
        this.models = models;
        this.quantizations = quantizations;
    }

    List<Record> read() {
        List<Record> all = new ArrayList<>(rows.of("Benchmarks", this::benchmark));
        all.addAll(rows.of("Quality", this::result));
        all.addAll(rows.of("Quantization loss", this::loss));
        return all;
    }

    private Record benchmark(TableRow row) {
        Benchmark read = CatalogueRows.read(Benchmark.class, row);
        Fields fields = row.fields();
        if (read.vendorWeight() > read.weight()) {
            fields.reportWrong(
                    "out-of-range",
                    "Weight if the vendor says so",
                    read.vendorWeight(),
                    "must not be above the weight beside it.");
        }
        if (fields.has("Best") && read.worst() == read.best()) {
            fields.reportWrong("out-of-range", "Best", read.best(), "must be another score than the worst.");
        }
        if (!counted.add(read.use() + " " + read.name() + " " + read.version())) {
            fields.reportWrong(
                    "duplicate-name", "Benchmark", read.name(), "counts for this use already, in this version.");
        }
        if (!read.isFitted() && (read.level() != null || read.slope() != null || read.spread() != null)) {
            fields.reportWrong(
                    "missing-value",
                    "Benchmark level",
                    String.valueOf(fields.textOrNull("Benchmark level")),
                    "must stand with a slope and a spread, or all three are left empty.");
        }
        return read;
    }

    private Record result(TableRow row) {
        known(row.fields(), "Model", models);
        TestResult read = CatalogueRows.read(TestResult.class, row);
        if (!read.include() && read.whyNot() == null && row.fields().has("Include")) {
            row.fields().reportWrong("missing-value", "Include", "no", "needs a reason in Why not included.");
        }
        return read;
    }

    private Record loss(TableRow row) {
        known(row.fields(), "Model", models);
        known(row.fields(), "Quantization", quantizations);
        return CatalogueRows.read(PrecisionLoss.class, row);
    }

    private static void known(Fields fields, String column, Set<String> known) {
        String wanted = fields.textOrNull(column);
        if (wanted != null && !known.contains(wanted)) {
            fields.reportUnknown("unknown-id", column, wanted, known);
        }
    }
}
