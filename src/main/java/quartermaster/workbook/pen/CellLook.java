package quartermaster.workbook.pen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The few looks that our cells have. Colours are never the only sign.
 *
 * <p>{@code INPUT} is the spreadsheet programs' own style for what people fill in.
 */
public enum CellLook {
    BODY(null, "222222", "D9D9D9", false, 0),
    STRONG(null, "222222", "D9D9D9", true, 0),
    FIRST("EAF3FB", "222222", "D9D9D9", true, 0),
    OUT("F2F2F2", "7A7A7A", "D9D9D9", false, 0),
    HEADER("1F3B57", "FFFFFF", "1F3B57", true, 0),
    HEADER_DETAIL("5B7083", "FFFFFF", "5B7083", true, 0),
    GOOD("E2F0D9", "1E5B1E", "D9D9D9", true, 0),
    CAREFUL("FFF2CC", "7F5200", "D9D9D9", true, 0),
    BAD("F8D7DA", "8B1A1A", "D9D9D9", true, 0),
    UNJUDGED("E7E6E6", "404040", "D9D9D9", true, 0),
    INPUT("FFCC99", "3F3F76", "7F7F7F", false, 0),
    SKY("9DC3E6", "222222", "D9D9D9", false, 0),
    LEAF("A9D08E", "222222", "D9D9D9", false, 0),
    SUN("FFD966", "222222", "D9D9D9", false, 0),
    CLAY("F4B183", "222222", "D9D9D9", false, 0),
    LILAC("C9B1E0", "222222", "D9D9D9", false, 0),
    SEA("8FD6CE", "222222", "D9D9D9", false, 0),
    ROSE("E6A8C4", "222222", "D9D9D9", false, 0),
    STONE("BFBFBF", "222222", "D9D9D9", false, 0),
    SAND("D5B98B", "222222", "D9D9D9", false, 0),
    ICE("B4D8F8", "222222", "D9D9D9", false, 0),
    PLAIN(null, "222222", null, false, 0),
    MUTED(null, "6B6B6B", null, false, 0),
    LABEL(null, "222222", null, true, 0),
    TITLE(null, "1F3B57", null, true, 16),
    HEADING(null, "1F3B57", null, true, 13);

    private final @Nullable String fill;
    private final String ink;
    private final @Nullable String line;
    private final boolean bold;
    private final int points; // 0: as the workbook's own text

    CellLook(@Nullable String fill, String ink, @Nullable String line, boolean bold, int points) {
        this.fill = fill;
        this.ink = ink;
        this.line = line;
        this.bold = bold;
        this.points = points;
    }

    @Nullable
    String fill() {
        return fill;
    }

    String ink() {
        return ink;
    }

    @Nullable
    String line() {
        return line;
    }

    boolean bold() {
        return bold;
    }

    int points() {
        return points;
    }

    /** In a table of ours. */
    boolean isIndented() {
        return line != null;
    }

    /** Fills that tell things apart and mean nothing by themselves. */
    public static List<CellLook> apart() {
        return List.of(SKY, LEAF, SUN, CLAY, LILAC, SEA, ROSE, STONE, SAND, ICE);
    }

    boolean isHeader() {
        return this == HEADER || this == HEADER_DETAIL;
    }
}
