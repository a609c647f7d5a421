package quartermaster.decision;

import java.util.List;

/**
 * A row of a decision table.
 *
 * @param row in the sheet, counted from 1 as Excel does
 * @param conditions one for each column of the table
 * @param points that it gives, for every candidate or along a line
 */
public record PolicyRow(int row, List<Condition> conditions, Points points, StepVerdict verdict, String because) {
    public PolicyRow {
        conditions = List.copyOf(conditions);
    }
}
