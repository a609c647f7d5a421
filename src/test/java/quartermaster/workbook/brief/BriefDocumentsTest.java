package quartermaster.workbook.brief;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.xwpf.extractor.XWPFWordExtractor;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.advice.Advice;
import quartermaster.advice.Brief;
import quartermaster.advice.BriefBlock;
import quartermaster.decision.Decision;
import quartermaster.workbook.score.ScoredWorkbook;
import quartermaster.workbook.template.ExampleWorkbook;

class BriefDocumentsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    @Test
    void each_workload_of_a_workbook_is_one_page_that_has_every_word_of_its_brief() throws Exception {
        List<List<BriefBlock>> pages = example();
        try (PDDocument document = Loader.loadPDF(BriefPdf.write(pages, DAY))) {
            assertThat(document.getNumberOfPages()).isEqualTo(pages.size()).isEqualTo(5);
            for (int i = 0; i < pages.size(); i++) {
                PDFTextStripper page = new PDFTextStripper();
                page.setStartPage(i + 1);
                page.setEndPage(i + 1);
                assertThat(words(page.getText(document))).contains(words(pages.get(i)));
            }
        }
        try (XWPFDocument document = new XWPFDocument(new ByteArrayInputStream(BriefDocument.write(pages, DAY)))) {
            String text = words(new XWPFWordExtractor(document).getText());
            pages.forEach(page -> assertThat(text).contains(words(page)));
            assertThat(document.getParagraphs().stream().filter(each -> each.isPageBreak()))
                    .hasSize(4);
        }
    }

    /** The catalogue has prices older than the policy likes. */
    @Test
    void a_page_is_not_silent_about_old_prices() throws Exception {
        try (PDDocument document = Loader.loadPDF(BriefPdf.write(example(), DAY))) {
            assertThat(new PDFTextStripper().getText(document).replaceAll("\\s+", " "))
                    .contains(
                            "older than 90 days is stale by the policy",
                            "Ask again before you decide.",
                            "Decided by: ___");
        }
    }

    @Test
    void the_same_pages_are_the_same_bytes() throws Exception {
        List<List<BriefBlock>> pages = example();
        assertThat(BriefPdf.write(pages, DAY)).isEqualTo(BriefPdf.write(pages, DAY));
        assertThat(BriefDocument.write(pages, DAY)).isEqualTo(BriefDocument.write(pages, DAY));
    }

    @Test
    void however_much_there_is_to_say_stays_on_one_page_and_letters_that_are_missing_are_told() throws Exception {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            many.add("A line of some length about the thing number " + i + ", which nobody wanted to leave out of it.");
        }
        List<BriefBlock> page = List.of(
                new BriefBlock.Title("客服"),
                new BriefBlock.Lead("Köln ≥ Łódź"),
                new BriefBlock.Lines("Many", many),
                new BriefBlock.Facts("Money", Map.of("At once", "$1")));
        try (PDDocument document = Loader.loadPDF(BriefPdf.write(List.of(page), DAY))) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(new PDFTextStripper().getText(document))
                    .contains("??", "Köln ≥ Łódź", "number 59", "has not")
                    .contains("$1");
        }
    }

    private static List<List<BriefBlock>> example() throws Exception {
        ScoredWorkbook.Result scored = ScoredWorkbook.score(ExampleWorkbook.bytes(), TestWorkspace.decider(), DAY);
        List<List<BriefBlock>> pages = new ArrayList<>();
        for (int i = 0; i < scored.answers().size(); i++) {
            Decision decision = scored.answers().get(i).value();
            Advice advice = scored.advice().get(i).orElse(null);
            pages.add(BriefBlock.of(
                    decision.request().workload().name(),
                    Brief.of(decision, advice, TestWorkspace.decider().rules().policy(), 5)));
        }
        return pages;
    }

    private static List<String> words(List<BriefBlock> page) {
        List<String> words = new ArrayList<>();
        for (BriefBlock each : page) {
            if (each instanceof BriefBlock.Title it) {
                words.add(words(it.text()));
            } else if (each instanceof BriefBlock.Lead it) {
                words.add(words(it.text()));
            } else if (each instanceof BriefBlock.Lines it) {
                it.items().forEach(item -> words.add(words(item)));
            } else if (each instanceof BriefBlock.Facts it) {
                it.rows().forEach((name, value) -> words.add(words(value)));
            } else if (each instanceof BriefBlock.Signature it) {
                words.add(words(it.text()));
            }
        }
        return words;
    }

    /** Wherever lines are broken. */
    private static String words(String text) {
        return text.replaceAll("\\s+", "");
    }
}
