package quartermaster.workbook.knowledge;

import java.util.Optional;
import quartermaster.decision.Column;
import quartermaster.decision.Conditions;
import quartermaster.decision.Vocabulary;
import quartermaster.unit.Columns;
import quartermaster.unit.Numbers;
import quartermaster.workbook.read.ReadCell;

/**
 * A column of conditions as a table of the policy has it.
 *
 * @param place from 0
 * @param unit that its header counts in: the vocabulary's own, or one that we can convert, e.g. {@code ms}
 */
record ConditionColumn(Column column, int place, String unit) {

    /** The column of a header; without a unit it is that of the vocabulary. */
    static Optional<ConditionColumn> find(ReadCell header) {
        String text = header.text().strip();
        Optional<Column> exact = Vocabulary.find(text);
        if (exact.isPresent()) {
            return exact.map(column -> new ConditionColumn(column, header.column(), Conditions.unit(column.header())));
        }
        return Vocabulary.columns().stream()
                .filter(column -> Columns.key(column.header()).equals(Columns.key(text)))
                .filter(column -> Columns.unit(column.header()).isPresent())
                .map(column -> new ConditionColumn(column, header.column(), unit(text, column)))
                .filter(found -> Numbers.factor(
                                found.unit(), Conditions.unit(found.column().header()))
                        .isPresent())
                .findFirst();
    }

    private static String unit(String header, Column column) {
        String own = Conditions.unit(header);
        return own.isEmpty() ? Conditions.unit(column.header()) : own;
    }
}
