package quartermaster.workbook.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementCountTest {
    private static final String SHEET =
            "<worksheet><cols><col min=\"1\"/></cols><x:row><c/><c r='B1'><v>1</v></c></x:row></worksheet>";

    @Test
    void elements_are_counted_by_their_local_names() {
        ElementCount count = counted(SHEET.getBytes(StandardCharsets.UTF_8));
        assertThat(count.inSheet()).isTrue();
        assertThat(List.of(count.rows(), count.cells(), count.columns(), count.all()))
                .containsExactly(1L, 2L, 1L, 7L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE", "windows-1252"})
    void letters_may_have_one_byte_or_more(String encoding) {
        assertThat(counted(SHEET.getBytes(Charset.forName(encoding))).cells()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE"})
    void a_mark_may_stand_before_it(String encoding) {
        assertThat(counted(("\ufeff" + SHEET).getBytes(Charset.forName(encoding)))
                        .cells())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!-- <worksheet> it's -->",
                "<?x <!-- ' ?>",
                "<sst><![CDATA[ <!-- <c ' ]]>",
                "<!-- > -- <c a=' --><sst a='>' b=\"'\">"
            })
    void nothing_that_stands_before_an_element_hides_it(String before) {
        ElementCount count = counted((before + "<sst><c/><c/></sst>").getBytes(StandardCharsets.UTF_8));
        assertThat(count.cells()).isEqualTo(2);
        assertThat(count.inSheet()).isFalse();
    }

    @Test
    void a_value_may_be_long_only_where_the_library_does_not_work_with_it() {
        String value = "<a b='" + "x".repeat(500) + "'/>";
        assertThat(counted(("<worksheet>" + value).getBytes(StandardCharsets.UTF_8))
                        .longestValue())
                .isEqualTo(500);
        assertThat(counted(("<svg>" + value).getBytes(StandardCharsets.UTF_8)).longestValue())
                .isZero();
    }

    @Test
    void what_is_no_xml_counts_nothing() {
        assertThat(counted("PNG <c/>".getBytes(StandardCharsets.UTF_8)).all()).isZero();
        assertThat(counted(new byte[0]).all()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"CP037", "UTF-16", "no such", "x\" standalone=\"" + "yes"})
    void an_encoding_that_hides_elements_is_strange(String encoding) {
        byte[] declared = declared(encoding).getBytes(StandardCharsets.UTF_8);
        assertThat(XmlEncoding.of(declared, declared.length)).isEqualTo(XmlEncoding.STRANGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "utf-8", "ISO-8859-1", "GB18030"})
    void an_encoding_whose_plain_letters_are_those_of_ascii_is_not(String encoding) {
        byte[] declared = declared(encoding).getBytes(StandardCharsets.UTF_8);
        assertThat(XmlEncoding.of(declared, declared.length)).isEqualTo(XmlEncoding.BYTES);
    }

    private static String declared(String encoding) {
        return "<?xml version=\"1.0\" encoding=\"" + encoding + "\"?><c/>";
    }

    private static ElementCount counted(byte[] part) {
        ElementCount count = new ElementCount();
        count.startPart(XmlEncoding.of(part, part.length));
        count.count(part, part.length);
        return count;
    }
}
