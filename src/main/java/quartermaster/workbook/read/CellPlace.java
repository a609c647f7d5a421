package quartermaster.workbook.read;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cell as problems name it, e.g. {@code Hardware!D7}; row and column from 0. */
public record CellPlace(String sheet, int row, int column) {
    private static final Pattern PLACE = Pattern.compile("(.+)!([A-Z]{1,3})([0-9]{1,7})");

    public static Optional<CellPlace> find(String at) {
        Matcher matcher = PLACE.matcher(at);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int column = 0;
        for (char letter : matcher.group(2).toCharArray()) {
            column = column * 26 + letter - 'A' + 1;
        }
        return Optional.of(new CellPlace(matcher.group(1), Integer.parseInt(matcher.group(3)) - 1, column - 1));
    }

    public String cell() {
        return ReadCell.letters(column) + (row + 1);
    }
}
