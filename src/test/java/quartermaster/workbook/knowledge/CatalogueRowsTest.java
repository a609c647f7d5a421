package quartermaster.workbook.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static quartermaster.TestWorkspace.catalogue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.RecordCells;
import quartermaster.quality.Benchmark;
import quartermaster.quality.PrecisionLoss;
import quartermaster.quality.TestResult;
import quartermaster.unit.Fields;
import quartermaster.unit.Place;
import quartermaster.unit.Records;
import quartermaster.workbook.read.SheetTable.TableRow;

class CatalogueRowsTest {
    @Test
    void what_is_written_of_a_row_is_read_as_the_same_row() {
        Catalogue catalogue = catalogue();
        for (Collection<? extends Record> rows : List.of(
                catalogue.hardware(),
                catalogue.hosts(),
                catalogue.quantizations(),
                catalogue.engines().stream()
                        .map(engine -> Records.with(engine, "launch", List.of())) // rows of a sheet of their own
                        .toList(),
                catalogue.engines().stream()
                        .flatMap(engine -> engine.launch().stream())
                        .toList(),
                catalogue.efficiencies(),
                catalogue.spreads(),
                catalogue.offers(),
                catalogue.hostedApis().stream()
                        .map(api -> Records.with(api, "launch", List.of()))
                        .toList(),
                catalogue.rows(TestResult.class),
                catalogue.rows(Benchmark.class),
                catalogue.rows(PrecisionLoss.class))) {
            assertThat(rows)
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(readAgain(row)).isEqualTo(row));
        }
    }

    private static Record readAgain(Record record) {
        Map<String, @Nullable Object> cells = RecordCells.of(record);
        int number = (int) Records.values(record).get("row");
        Fields fields = new Fields(new Fields.Source() {
            @Override
            public @Nullable Object value(String column) {
                assertThat(cells).containsKey(column);
                return cells.get(column);
            }

            @Override
            public Place place(String column) {
                return Place.top(column);
            }
        });
        Record again = CatalogueRows.read(record.getClass(), new TableRow(number, false, fields));
        assertThat(fields.problems()).isEmpty();
        return again;
    }
}
