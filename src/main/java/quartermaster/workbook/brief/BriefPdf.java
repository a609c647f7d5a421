package quartermaster.workbook.brief;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Objects;
import java.util.TimeZone;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;
import quartermaster.advice.BriefBlock;

/** Briefs as a PDF: one page for each workload, whatever it takes. */
public final class BriefPdf {
    private static final float MARGIN = 40; // points, likewise the next
    private static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;
    private static final float HEIGHT = PDRectangle.A4.getHeight() - 2 * MARGIN;
    private static final float LARGEST = 9.5f;
    private static final float SMALLEST = 5;
    private static final float STEP = 0.25f;
    private static final float LEADING = 1.25f;
    private static final float[] FACTS = {0.14f, 0.86f}; // of the width
    private static final float[] FIGURES = {0.34f, 0.18f, 0.14f, 0.15f, 0.19f};
    private static final float[] DARK = {0.12f, 0.23f, 0.34f};
    private static final float[] GREY = {0.42f, 0.42f, 0.42f};
    private static final float[] BLACK = {0.13f, 0.13f, 0.13f};

    /** Comes with the library, so that a page is the same wherever it is made; bold letters are drawn with an outline. */
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private static final float OUTLINE = 0.035f; // of the size
    private static final float BOLDER = 1.02f; // how much wider that makes a text

    private final PDFont font;
    private boolean replaced;

    private BriefPdf(PDDocument document) throws IOException {
        try (InputStream ttf = Objects.requireNonNull(PDDocument.class.getResourceAsStream(FONT), FONT)) {
            this.font = PDType0Font.load(document, ttf, true);
        }
    }

    /** A piece of text where it stands. */
    private record Piece(String text, boolean bold, float size, float[] colour, float x, float y) {}

    /**
     * The same bytes for the same pages.
     *
     * @param pages of each workload its parts
     * @param day that they were decided for
     */
    public static byte[] write(List<List<BriefBlock>> pages, LocalDate day) {
        try (PDDocument document = new PDDocument();
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            BriefPdf brief = new BriefPdf(document);
            for (List<BriefBlock> each : pages) {
                brief.page(document, each);
            }
            Calendar made = GregorianCalendar.from(day.atStartOfDay(ZoneOffset.UTC));
            made.setTimeZone(TimeZone.getTimeZone("UTC"));
            document.getDocumentInformation().setCreationDate(made);
            document.getDocumentInformation().setProducer("Quartermaster");
            COSArray id = new COSArray();
            id.add(new COSString(day.toString()));
            id.add(new COSString(day.toString()));
            document.getDocument().setDocumentID(id); // else it is drawn
            document.save(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void page(PDDocument document, List<BriefBlock> blocks) throws IOException {
        float size = LARGEST;
        replaced = false;
        List<Piece> pieces = layout(blocks, size);
        while (size > SMALLEST && lowest(pieces) < MARGIN) {
            size -= STEP;
            pieces = layout(blocks, size);
        }
        if (replaced) {
            pieces.add(new Piece(
                    "A ? in a name stands for a letter that this page's font has not; the .docx and .md have it.",
                    false,
                    SMALLEST + 1,
                    GREY,
                    MARGIN,
                    MARGIN / 2));
        }
        PDPage page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            for (Piece each : pieces) {
                content.beginText();
                content.setNonStrokingColor(each.colour()[0], each.colour()[1], each.colour()[2]);
                content.setStrokingColor(each.colour()[0], each.colour()[1], each.colour()[2]);
                content.setLineWidth(each.bold() ? OUTLINE * each.size() : 0);
                content.setRenderingMode(each.bold() ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
                content.setFont(font, each.size());
                content.newLineAtOffset(each.x(), each.y());
                content.showText(each.text());
                content.endText();
            }
        }
    }

    private static float lowest(List<Piece> pieces) {
        return (float) pieces.stream().mapToDouble(Piece::y).min().orElse(MARGIN);
    }

    private List<Piece> layout(List<BriefBlock> blocks, float size) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        float y = MARGIN + HEIGHT;
        for (BriefBlock each : blocks) {
            if (each instanceof BriefBlock.Title it) {
                y = text(pieces, it.text(), true, size + 7, DARK, MARGIN, WIDTH, y);
            } else if (each instanceof BriefBlock.Lead it) {
                y = text(pieces, it.text(), true, size + 1, BLACK, MARGIN, WIDTH, y - size / 2);
            } else if (each instanceof BriefBlock.Lines it) {
                y = heading(pieces, it.title(), size, y);
                for (String item : it.items()) {
                    pieces.add(new Piece("\u2022", false, size, BLACK, MARGIN, y - size));
                    y = text(pieces, item, false, size, BLACK, MARGIN + size, WIDTH - size, y);
                }
            } else if (each instanceof BriefBlock.Facts it) {
                y = heading(pieces, it.title(), size, y);
                for (var row : it.rows().entrySet()) {
                    y = row(pieces, List.of(row.getKey(), row.getValue()), FACTS, true, false, size, y);
                }
            } else if (each instanceof BriefBlock.Figures it) {
                y = heading(pieces, it.title(), size, y);
                y = row(pieces, it.header(), FIGURES, false, true, size, y);
                for (List<String> row : it.rows()) {
                    y = row(pieces, row, FIGURES, false, false, size, y);
                }
            } else if (each instanceof BriefBlock.Run it) {
                String text = it.title() + ". " + BriefDocument.parts(it.parts());
                y = text(pieces, text, false, size - 1.5f, GREY, MARGIN, WIDTH, y - size / 2);
            } else if (each instanceof BriefBlock.Signature it) {
                y = text(pieces, it.text(), false, size + 1, BLACK, MARGIN, WIDTH, y - 2.5f * size);
            }
        }
        return pieces;
    }

    private float heading(List<Piece> pieces, String title, float size, float y) throws IOException {
        return text(pieces, title, true, size + 1, DARK, MARGIN, WIDTH, y - size * 0.6f) - 1;
    }

    /** @return where the next row begins */
    private float row(
            List<Piece> pieces, List<String> cells, float[] widths, boolean named, boolean header, float size, float y)
            throws IOException {
        float x = MARGIN;
        float lowest = y;
        for (int i = 0; i < cells.size(); i++) {
            float width = widths[i] * WIDTH;
            boolean bold = header || named && i == 0;
            boolean number = widths == FIGURES && i > 0 && i < widths.length - 1;
            String shown = shown(cells.get(i));
            float shift = number ? Math.max(0, width - size - width(shown, bold, size)) : 0;
            lowest = Math.min(lowest, text(pieces, cells.get(i), bold, size, BLACK, x + shift, width - shift - 2, y));
            x += width;
        }
        return lowest;
    }

    /** @return the y of what comes below */
    private float text(
            List<Piece> pieces, String text, boolean bold, float size, float[] colour, float x, float width, float y)
            throws IOException {
        float at = y;
        for (String line : lines(shown(text), bold, size, width)) {
            at -= size * LEADING;
            pieces.add(new Piece(line, bold, size, colour, x, at + size * (LEADING - 1)));
        }
        return at;
    }

    private List<String> lines(String text, boolean bold, float size, float width) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && width(longer, bold, size) > width) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(word);
            } else {
                line.setLength(0);
                line.append(longer);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private float width(String text, boolean bold, float size) throws IOException {
        return font.getStringWidth(text) / 1000 * size * (bold ? BOLDER : 1);
    }

    /** What the font has; for the rest a question mark, of which the page speaks. */
    private String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.strip().replaceAll("\\s", " ").codePoints().forEach(each -> {
            String letter = Character.toString(each);
            if (has(letter)) {
                shown.append(letter);
            } else {
                shown.append('?');
                replaced = true;
            }
        });
        return shown.toString();
    }

    private boolean has(String letter) {
        try {
            font.encode(letter);
            return true;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
