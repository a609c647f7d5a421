package quartermaster.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import quartermaster.cli.report.Console.Style;
import quartermaster.cli.report.TextTable.Column;

class TextTableTest {
    private static final Console PLAIN = console(false);

    @Test
    void columns_are_as_wide_as_their_widest_cell() {
        TextTable table = new TextTable(0, Column.right("#"), Column.left("What"), Column.right("tok/s"));
        table.add(Style.GOOD, "", "1", "Mac", "13.8");
        table.add(Style.GOOD, "", "10", "DGX Spark", "4.1");
        assertThat(table.lines(PLAIN, 4))
                .containsExactly(" #  What       tok/s", " 1  Mac         13.8", "10  DGX Spark    4.1");
    }

    @Test
    void a_note_runs_below_its_row() {
        TextTable table = new TextTable(0, Column.left("What"));
        table.add(Style.PLAIN, "too slow", "Mac");
        assertThat(table.lines(PLAIN, 4)).containsExactly("What", "Mac", "    too slow");
    }

    @Test
    void the_column_that_yields_is_cut_until_the_line_fits() {
        TextTable table = new TextTable(0, Column.yielding("What"), Column.left("Why"));
        table.add(Style.PLAIN, "", "n".repeat(100) + " 256GB", "w".repeat(40));
        List<String> lines = table.lines(PLAIN, 4);
        assertThat(lines.get(1)).hasSize(Console.WIDTH).contains("n…256GB  " + "w".repeat(40));
    }

    @Test
    void what_wraps_loses_no_part_of_a_name() {
        TextTable table = new TextTable(0, Column.wrapping("What"), Column.right("tok/s"));
        table.add(Style.PLAIN, "", "buy NVIDIA RTX PRO 6000 " + "n".repeat(100) + " 96GB", "4.1");
        List<String> lines = table.lines(PLAIN, 4);
        assertThat(lines.get(1)).startsWith("buy NVIDIA RTX PRO 6000").endsWith("  4.1");
        assertThat(lines.get(2)).isEqualTo("n".repeat(100) + " 96GB");
        assertThat(lines).allMatch(line -> line.length() <= Console.WIDTH);
    }

    @Test
    void the_makers_name_goes_before_the_number_of_a_card() {
        assertThat(Words.cut("buy 21× NVIDIA RTX PRO 6000 Blackwell Workstation 96GB (21 replicas)", 26))
                .isEqualTo("buy 21× RTX PRO 6000…96GB");
    }

    @Test
    void words_are_never_broken_apart() {
        assertThat(Words.wrap("one two  three", 7)).containsExactly("one two", "three");
        assertThat(Words.wrap("incomprehensibilities at once", 7)).containsExactly("incomprehensibilities", "at once");
    }

    @Test
    void numbers_have_three_figures() {
        assertThat(List.of(Words.number(0.84), Words.number(13.75), Words.number(99.96), Words.number(2350.4)))
                .containsExactly("0.84", "13.8", "100", "2,350");
        assertThat(Words.usd(0.0)).isEqualTo("$0");
        assertThat(Words.usd(3.4)).isEqualTo("$3.40");
        assertThat(Words.usd(null)).isEqualTo(Words.UNKNOWN);
    }

    @Test
    void colours_are_only_for_those_who_want_them() {
        TextTable table = new TextTable(0, Column.left("What"));
        table.add(Style.GOOD, "", "Mac");
        assertThat(String.join("", table.lines(PLAIN, 4))).doesNotContain("\u001b");
        assertThat(table.lines(console(true), 4)).contains("\u001b[32mMac\u001b[0m");
    }

    private static Console console(boolean colours) {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        return new Console(InputStream.nullInputStream(), nowhere, nowhere, colours);
    }
}
