package quartermaster.workbook.brief;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.poi.xwpf.usermodel.BreakType;
import org.apache.poi.xwpf.usermodel.ParagraphAlignment;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTPageMar;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTPageSz;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTSectPr;
import quartermaster.advice.BriefBlock;
import quartermaster.workbook.pen.CellWriter;

/** Briefs as a Word document: a page for each workload, to be changed before it is signed. */
public final class BriefDocument {
    private static final int TWIPS = 20; // of a point
    private static final int A4_WIDTH = 11_906; // twips, likewise the next
    private static final int A4_HEIGHT = 16_838;
    private static final int MARGIN = 36 * TWIPS;
    private static final int WIDTH = A4_WIDTH - 2 * MARGIN;
    private static final String FONT = "Calibri";
    private static final String LINE = "BFBFBF";
    private static final int LINE_EIGHTHS = 4; // of a point
    private static final String DARK = "1F3B57";
    private static final int LONG = 4_500; // characters of a page beyond which letters are smaller
    private static final int VERY_LONG = 6_000;

    private final XWPFDocument document;
    private double points = 9;

    private BriefDocument(XWPFDocument document) {
        this.document = document;
    }

    /**
     * The same bytes for the same pages.
     *
     * @param pages of each workload its parts
     * @param day that they were decided for
     */
    public static byte[] write(List<List<BriefBlock>> pages, LocalDate day) {
        try (XWPFDocument document = new XWPFDocument();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            BriefDocument brief = new BriefDocument(document);
            brief.paper();
            for (int i = 0; i < pages.size(); i++) {
                brief.page(pages.get(i), i > 0);
            }
            Instant made = day.atStartOfDay().toInstant(ZoneOffset.UTC);
            document.getProperties().getCoreProperties().setCreated(Optional.of(Date.from(made)));
            document.getProperties().getCoreProperties().setCreator("Quartermaster");
            document.write(bytes);
            return ZippedAnew.at(bytes.toByteArray(), made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void paper() {
        CTSectPr section = document.getDocument().getBody().addNewSectPr();
        CTPageSz size = section.addNewPgSz();
        size.setW(BigInteger.valueOf(A4_WIDTH));
        size.setH(BigInteger.valueOf(A4_HEIGHT));
        CTPageMar margins = section.addNewPgMar();
        BigInteger margin = BigInteger.valueOf(MARGIN);
        margins.setLeft(margin);
        margins.setRight(margin);
        margins.setTop(margin);
        margins.setBottom(margin);
        margins.setHeader(BigInteger.ZERO);
        margins.setFooter(BigInteger.ZERO);
        margins.setGutter(BigInteger.ZERO);
    }

    private void page(List<BriefBlock> blocks, boolean onNext) {
        int length = blocks.toString().length();
        points = length > VERY_LONG ? 7 : length > LONG ? 8 : 9;
        boolean first = onNext;
        for (BriefBlock each : blocks) {
            if (each instanceof BriefBlock.Title it) {
                XWPFParagraph paragraph = paragraph(0, 3);
                if (first) {
                    paragraph.setPageBreak(true);
                    first = false;
                }
                run(paragraph, it.text(), true, points + 6, DARK);
            } else if (each instanceof BriefBlock.Lead it) {
                run(paragraph(0, 4), it.text(), true, points + 1, "222222");
            } else if (each instanceof BriefBlock.Lines it) {
                heading(it.title());
                it.items().forEach(this::item);
            } else if (each instanceof BriefBlock.Facts it) {
                heading(it.title());
                table(
                        it.rows().entrySet().stream()
                                .map(row -> List.of(row.getKey(), row.getValue()))
                                .toList(),
                        List.of(14, 86),
                        false);
            } else if (each instanceof BriefBlock.Figures it) {
                heading(it.title());
                List<List<String>> rows = new java.util.ArrayList<>(List.of(it.header()));
                rows.addAll(it.rows());
                table(rows, List.of(34, 18, 14, 15, 19), true);
            } else if (each instanceof BriefBlock.Run it) {
                XWPFParagraph paragraph = paragraph(4, 0);
                run(paragraph, it.title() + ". ", true, points - 1.5, "222222");
                run(paragraph, parts(it.parts()), false, points - 1.5, "6B6B6B");
            } else if (each instanceof BriefBlock.Signature it) {
                run(paragraph(16, 0), it.text(), false, points + 1, "222222");
            }
        }
    }

    static String parts(Map<String, String> parts) {
        return parts.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue())
                .collect(Collectors.joining("; ", "", "."));
    }

    private void heading(String text) {
        XWPFParagraph paragraph = paragraph(5, 1);
        paragraph.setKeepNext(true);
        run(paragraph, text, true, points + 1, DARK);
    }

    private void item(String text) {
        XWPFParagraph paragraph = paragraph(0, 1);
        paragraph.setIndentationLeft(10 * TWIPS);
        paragraph.setIndentationHanging(8 * TWIPS);
        run(paragraph, "• " + text, false, points, "222222");
    }

    /** @param figures the first row is a header, and the columns between the first and the last are numbers */
    private void table(List<List<String>> rows, List<Integer> percent, boolean figures) {
        XWPFTable table = document.createTable(rows.size(), percent.size());
        table.setWidth(WIDTH);
        lines(table);
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < percent.size(); column++) {
                XWPFTableCell cell = table.getRow(row).getCell(column);
                cell.setWidth(String.valueOf(WIDTH * percent.get(column) / 100));
                XWPFParagraph paragraph = cell.getParagraphs().get(0);
                tight(paragraph, 0, 0);
                boolean number = figures && column > 0 && column < percent.size() - 1;
                paragraph.setAlignment(number ? ParagraphAlignment.RIGHT : ParagraphAlignment.LEFT);
                boolean header = figures && row == 0;
                if (header) {
                    cell.setColor(DARK);
                }
                run(
                        paragraph,
                        rows.get(row).get(column),
                        header || !figures && column == 0,
                        points,
                        header ? "FFFFFF" : "222222");
            }
        }
    }

    /** Thin and grey, between rows only. */
    private static void lines(XWPFTable table) {
        XWPFTable.XWPFBorderType none = XWPFTable.XWPFBorderType.NONE;
        table.setLeftBorder(none, 0, 0, LINE);
        table.setRightBorder(none, 0, 0, LINE);
        table.setInsideVBorder(none, 0, 0, LINE);
        XWPFTable.XWPFBorderType thin = XWPFTable.XWPFBorderType.SINGLE;
        table.setTopBorder(thin, LINE_EIGHTHS, 0, LINE);
        table.setBottomBorder(thin, LINE_EIGHTHS, 0, LINE);
        table.setInsideHBorder(thin, LINE_EIGHTHS, 0, LINE);
    }

    private XWPFParagraph paragraph(int before, int after) {
        XWPFParagraph paragraph = document.createParagraph();
        tight(paragraph, before, after);
        return paragraph;
    }

    private static void tight(XWPFParagraph paragraph, int before, int after) {
        paragraph.setSpacingBefore(before * TWIPS);
        paragraph.setSpacingAfter(after * TWIPS);
        paragraph.setSpacingBetween(1);
    }

    private static void run(XWPFParagraph paragraph, String text, boolean bold, double size, String colour) {
        XWPFRun run = paragraph.createRun();
        run.setFontFamily(FONT);
        run.setFontSize(size);
        run.setBold(bold);
        run.setColor(colour);
        String[] lines = CellWriter.clean(text).split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (i > 0) {
                run.addBreak(BreakType.TEXT_WRAPPING);
            }
            run.setText(lines[i], i);
        }
    }
}
