package quartermaster.decision;

import org.jspecify.annotations.Nullable;

/**
 * Where a judgement was written down: a row of a sheet, or a line of a rule file.
 *
 * @param file from the workspace, e.g. {@code rules/policy.xlsx}
 */
public record Place(
        String file,
        @Nullable String sheet,
        @Nullable Integer row,
        @Nullable Integer line) {
    public static Place row(String file, String sheet, int row) {
        return new Place(file, sheet, row, null);
    }

    public static Place line(String file, int line) {
        return new Place(file, null, null, line);
    }

    @Override
    public String toString() {
        return sheet != null ? file + " " + sheet + "!A" + row : file + ":" + line;
    }
}
