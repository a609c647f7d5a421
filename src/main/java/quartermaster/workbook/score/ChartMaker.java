package quartermaster.workbook.score;

import java.util.List;
import java.util.Locale;
import javax.xml.namespace.QName;
import org.apache.poi.xddf.usermodel.PresetLineDash;
import org.apache.poi.xddf.usermodel.XDDFColor;
import org.apache.poi.xddf.usermodel.XDDFLineProperties;
import org.apache.poi.xddf.usermodel.XDDFNoFillProperties;
import org.apache.poi.xddf.usermodel.XDDFPresetLineDash;
import org.apache.poi.xddf.usermodel.XDDFShapeProperties;
import org.apache.poi.xddf.usermodel.XDDFSolidFillProperties;
import org.apache.poi.xddf.usermodel.chart.AxisCrossBetween;
import org.apache.poi.xddf.usermodel.chart.AxisCrosses;
import org.apache.poi.xddf.usermodel.chart.AxisOrientation;
import org.apache.poi.xddf.usermodel.chart.AxisPosition;
import org.apache.poi.xddf.usermodel.chart.AxisTickMark;
import org.apache.poi.xddf.usermodel.chart.BarDirection;
import org.apache.poi.xddf.usermodel.chart.BarGrouping;
import org.apache.poi.xddf.usermodel.chart.ChartTypes;
import org.apache.poi.xddf.usermodel.chart.DisplayBlanks;
import org.apache.poi.xddf.usermodel.chart.LegendPosition;
import org.apache.poi.xddf.usermodel.chart.MarkerStyle;
import org.apache.poi.xddf.usermodel.chart.ScatterStyle;
import org.apache.poi.xddf.usermodel.chart.XDDFBarChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFCategoryAxis;
import org.apache.poi.xddf.usermodel.chart.XDDFCategoryDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFChartAxis;
import org.apache.poi.xddf.usermodel.chart.XDDFChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFLineChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFNumericalDataSource;
import org.apache.poi.xddf.usermodel.chart.XDDFScatterChartData;
import org.apache.poi.xddf.usermodel.chart.XDDFValueAxis;
import org.apache.poi.xssf.usermodel.XSSFChart;
import org.apache.poi.xssf.usermodel.XSSFClientAnchor;
import org.apache.poi.xssf.usermodel.XSSFDrawing;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.xmlbeans.XmlCursor;
import org.apache.xmlbeans.XmlObject;
import org.jspecify.annotations.Nullable;
import org.openxmlformats.schemas.drawingml.x2006.chart.CTBarChart;
import org.openxmlformats.schemas.drawingml.x2006.chart.CTMarker;
import quartermaster.decision.Step;
import quartermaster.decision.Verdict;
import quartermaster.unit.Choice;
import quartermaster.unit.Numbers;

/** The charts of one workload, as the spreadsheet program draws them from cells. */
record ChartMaker(XSSFSheet sheet, ChartNumbers numbers, String workload) {
    private static final int COLUMNS = 8;
    private static final float HIGH_POINTS = 266;
    private static final float LOW_POINTS = 200;
    /** Told apart by people who see colours differently too. */
    private static final List<String> COLOURS =
            List.of("0072B2", "E69F00", "009E73", "CC79A7", "56B4E9", "D55E00", "F0E442", "000000");

    private static final List<MarkerStyle> MARKERS =
            List.of(MarkerStyle.CIRCLE, MarkerStyle.SQUARE, MarkerStyle.TRIANGLE, MarkerStyle.DIAMOND);

    private static final List<String> COLOUR_OF_VERDICT = List.of("009E73", "E69F00", "A6A6A6");
    private static final String GREY = "A6A6A6";
    private static final String DARK = "222222";

    /** The first ones differ; beyond them they begin again. */
    static String colour(int series) {
        return COLOURS.get(series % COLOURS.size());
    }

    void scores(int row, int column) {
        XSSFChart chart = chart(row, column, highRows(sheet), "Score by step (points of 100)");
        XDDFBarChartData bars = bars(chart, BarDirection.BAR, true, "0");
        for (Step step : numbers.steps()) {
            int index = ChartNumbers.STEPS + step.ordinal();
            add(bars, numbers.candidateNames(), index, numbers.candidateHeader(index), colour(step.ordinal()));
        }
        chart.getAxes().get(1).setMaximum(100);
        chart.plot(bars);
        spacing(chart, true);
        legend(chart);
    }

    void memory(int row, int column) {
        XSSFChart chart = chart(row, column, highRows(sheet), "Memory of one replica against what is usable (GiB)");
        XDDFCategoryAxis across = chart.createCategoryAxis(AxisPosition.BOTTOM);
        XDDFValueAxis up = valueAxis(chart, AxisPosition.LEFT, "#,##0");
        small(across);
        XDDFBarChartData bars = (XDDFBarChartData) chart.createData(ChartTypes.BAR, across, up);
        bars.setBarDirection(BarDirection.COL);
        stack(bars);
        List<String> colours = List.of(COLOURS.get(0), COLOURS.get(1), GREY);
        for (int i = 0; i < colours.size(); i++) {
            add(bars, numbers.shortNames(), numbers.memory() + i, ChartNumbers.MEMORY_LINES.get(i), colours.get(i));
        }
        chart.plot(bars);
        level(chart);
        spacing(chart, true);
        XDDFLineChartData usable = (XDDFLineChartData) chart.createData(ChartTypes.LINE, across, up);
        usable.setVaryColors(false);
        var line = (XDDFLineChartData.Series)
                usable.addSeries(numbers.shortNames(), numbers.candidateNumbers(numbers.memory() + 3));
        line.setTitle("Usable", null);
        line.setSmooth(false);
        line.setMarkerStyle(MarkerStyle.DASH);
        noLine(line);
        chart.plot(usable);
        line.getCTLineSer().getIdx().setVal(colours.size());
        line.getCTLineSer().getOrder().setVal(colours.size());
        marker(line);
        legend(chart);
    }

    /** The colour and the word of each verdict, and the budget as a line. */
    void costs(int row, int column, @Nullable Double budget) {
        String limit = budget == null ? "" : String.format(Locale.ROOT, "; budget $%,.0f", budget);
        XSSFChart chart = chart(row, column, lowRows(sheet), "Cost per month (USD)" + limit);
        XDDFCategoryAxis across = chart.createCategoryAxis(AxisPosition.BOTTOM);
        XDDFValueAxis up = valueAxis(chart, AxisPosition.LEFT, "\"$\"#,##0");
        up.setMinimum(0);
        small(across);
        XDDFBarChartData bars = (XDDFBarChartData) chart.createData(ChartTypes.BAR, across, up);
        bars.setBarDirection(BarDirection.COL);
        bars.setBarGrouping(BarGrouping.CLUSTERED); // above each other: a bar has one verdict, and its figure on top
        bars.setVaryColors(false);
        for (Verdict verdict : numbers.verdicts()) {
            add(
                    bars,
                    numbers.shortNames(),
                    numbers.costBy(verdict),
                    Choice.id(verdict),
                    COLOUR_OF_VERDICT.get(verdict.ordinal()));
        }
        chart.plot(bars);
        level(chart);
        spacing(chart, true);
        for (int i = 0; i < bars.getSeriesCount(); i++) {
            labels((XDDFBarChartData.Series) bars.getSeries(i));
        }
        if (numbers.hasBudget()) {
            XDDFLineChartData most = (XDDFLineChartData) chart.createData(ChartTypes.LINE, across, up);
            most.setVaryColors(false);
            var line = (XDDFLineChartData.Series)
                    most.addSeries(numbers.shortNames(), numbers.candidateNumbers(numbers.budget()));
            line.setTitle("budget", null);
            line.setSmooth(false);
            line.setMarkerStyle(MarkerStyle.NONE);
            line.setLineProperties(line(DARK, 1.5, PresetLineDash.DASH));
            chart.plot(most);
            line.getCTLineSer().getIdx().setVal(bars.getSeriesCount());
            line.getCTLineSer().getOrder().setVal(bars.getSeriesCount());
        }
        legend(chart);
    }

    private static void labels(XDDFBarChartData.Series of) {
        var labels = of.getCTBarSer().addNewDLbls();
        value(labels.addNewDLblPos(), "outEnd");
        labels.addNewShowLegendKey().setVal(false);
        labels.addNewShowVal().setVal(true);
        labels.addNewShowCatName().setVal(false);
        labels.addNewShowSerName().setVal(false);
        labels.addNewShowPercent().setVal(false);
        labels.addNewShowBubbleSize().setVal(false);
    }

    /** A point for each candidate, and the speed that is needed as a line. */
    void speedAgainstCost(int row, int column, @Nullable Double needed) {
        List<Integer> drawn = numbers.fastAndDear();
        if (drawn.isEmpty()) {
            return;
        }
        String need = needed == null ? "" : String.format(Locale.ROOT, "; %s needed", Numbers.plain(needed));
        XSSFChart chart =
                chart(row, column, lowRows(sheet), "Speed (tok/s per user) against cost (USD a month)" + need);
        double most = drawn.stream()
                .mapToDouble(each -> numbers.of(each, numbers.cost()))
                .max()
                .orElse(0);
        XDDFScatterChartData data = lines(chart, roundUp(most * 1.05), "#,##0", "\"$\"#,##0");
        chart.getAxes().get(1).setMinimum(0);
        for (int i : drawn) {
            line(data, i, numbers.one(i, numbers.cost()), numbers.one(i, numbers.speed()), numbers.name(i));
            size(
                    ((XDDFScatterChartData.Series) data.getSeries(data.getSeriesCount() - 1))
                            .getCTScatterSer()
                            .getMarker(),
                    "10");
        }
        if (needed != null) {
            numbers.neededSpeed(needed, roundUp(most * 1.05));
            upright(data, numbers.neededSpeedPoints(true), numbers.neededSpeedPoints(false), "needed");
        }
        chart.plot(data);
        chart.getOrAddLegend().setPosition(LegendPosition.BOTTOM);
    }

    /** To two digits. */
    private static double roundUp(double value) {
        double step = Math.pow(10, Math.floor(Math.log10(Math.max(1, value))) - 1);
        return Math.ceil(value / step) * step;
    }

    void throughput(int row) {
        XSSFChart chart =
                chart(row, 0, COLUMNS, lowRows(sheet), "Throughput of all replicas (tok/s) against requests at once");
        XDDFScatterChartData data = lines(chart, numbers.mostRequests(), "#,##0", "#,##0");
        for (int i = 0; i < numbers.lines(); i++) {
            line(data, i, numbers.points(0), numbers.points(1 + i), numbers.lineHeader(i));
        }
        upright(
                data,
                numbers.needPoints(0),
                numbers.needPoints(1 + numbers.lines()),
                numbers.lineHeader(numbers.lines()));
        chart.plot(data);
        legend(chart);
    }

    void spending(int row, int column) {
        XSSFChart chart = chart(row, column, lowRows(sheet), "Paid in all (USD) against months");
        XDDFScatterChartData data = lines(chart, numbers.mostMonths(), "\"$\"#,##0", "#,##0");
        chart.getAxes().get(0).setMajorUnit(numbers.mostMonths() / 6);
        for (int i = 0; i < numbers.spendings(); i++) {
            line(data, i, numbers.spendingPoints(0), numbers.spendingPoints(1 + i), numbers.spendingHeader(i));
        }
        if (numbers.breaksEven()) {
            upright(
                    data,
                    numbers.breakEvenPoints(0),
                    numbers.breakEvenPoints(1 + numbers.spendings()),
                    numbers.spendingHeader(numbers.spendings()));
        }
        chart.plot(data);
        legend(chart);
    }

    private static XDDFScatterChartData lines(XSSFChart chart, double most, String format, String formatAcross) {
        XDDFValueAxis across = valueAxis(chart, AxisPosition.BOTTOM, formatAcross);
        XDDFValueAxis up = valueAxis(chart, AxisPosition.LEFT, format);
        across.setCrosses(AxisCrosses.AUTO_ZERO);
        across.setMinimum(0);
        across.setMaximum(most);
        XDDFScatterChartData data = (XDDFScatterChartData) chart.createData(ChartTypes.SCATTER, across, up);
        data.setStyle(ScatterStyle.LINE_MARKER);
        data.setVaryColors(false);
        return data;
    }

    private static void line(
            XDDFScatterChartData data,
            int index,
            XDDFNumericalDataSource<Double> across,
            XDDFNumericalDataSource<Double> up,
            String title) {
        var line = (XDDFScatterChartData.Series) data.addSeries(across, up);
        line.setTitle(title, null);
        line.setSmooth(false);
        line.setMarkerStyle(MARKERS.get(index % MARKERS.size()));
        size(line.getCTScatterSer().getMarker(), "6");
        line.setLineProperties(line(colour(index), 2, null));
    }

    /** A dashed line at one place. */
    private static void upright(
            XDDFScatterChartData data,
            XDDFNumericalDataSource<Double> across,
            XDDFNumericalDataSource<Double> up,
            String title) {
        var line = (XDDFScatterChartData.Series) data.addSeries(across, up);
        line.setTitle(title, null);
        line.setSmooth(false);
        line.setMarkerStyle(MarkerStyle.NONE);
        line.setLineProperties(line(DARK, 1.5, PresetLineDash.DASH));
    }

    /** How many rows a chart with many names is high, whatever the height of the workbook's rows is. */
    static int highRows(XSSFSheet sheet) {
        return rows(sheet, HIGH_POINTS);
    }

    /** How many rows the others are high. */
    static int lowRows(XSSFSheet sheet) {
        return rows(sheet, LOW_POINTS);
    }

    private static int rows(XSSFSheet sheet, float points) {
        return Math.max(4, Math.round(points / sheet.getDefaultRowHeightInPoints()));
    }

    private XSSFChart chart(int row, int column, int rows, String title) {
        return chart(row, column, COLUMNS, rows, title);
    }

    private XSSFChart chart(int row, int column, int columns, int rows, String title) {
        XSSFDrawing drawing = sheet.createDrawingPatriarch();
        XSSFClientAnchor anchor = new XSSFClientAnchor(0, 0, 0, 0, column, row, column + columns, row + rows);
        XSSFChart chart = drawing.createChart(anchor);
        chart.setTitleText(title);
        chart.getGraphicFrame().setName(workload + ": " + title);
        chart.setTitleOverlay(false);
        chart.displayBlanksAs(DisplayBlanks.GAP);
        chart.getTitle().getBody().getParagraph(0).getTextRuns().forEach(run -> {
            run.setFontSize(11d);
            run.setBold(true);
        });
        chart.getCTChartSpace().addNewRoundedCorners().setVal(false);
        return chart;
    }

    private XDDFBarChartData bars(XSSFChart chart, BarDirection direction, boolean stacked, String format) {
        XDDFCategoryAxis names = chart.createCategoryAxis(AxisPosition.LEFT);
        names.setOrientation(AxisOrientation.MAX_MIN); // the best on top
        names.setMajorTickMark(AxisTickMark.NONE);
        small(names);
        XDDFValueAxis values = valueAxis(chart, AxisPosition.BOTTOM, format);
        values.setCrosses(AxisCrosses.MAX);
        values.setMinimum(0);
        XDDFBarChartData bars = (XDDFBarChartData) chart.createData(ChartTypes.BAR, names, values);
        bars.setBarDirection(direction);
        bars.setVaryColors(false);
        if (stacked) {
            stack(bars);
        }
        return bars;
    }

    private static void stack(XDDFBarChartData bars) {
        bars.setBarGrouping(BarGrouping.STACKED);
        bars.setVaryColors(false);
    }

    /** Written as attributes: the small schema that comes with the library does not know these types. */
    private void spacing(XSSFChart chart, boolean stacked) {
        CTBarChart bars = chart.getCTChart().getPlotArea().getBarChartArray(0);
        value(bars.isSetGapWidth() ? bars.getGapWidth() : bars.addNewGapWidth(), numbers.isFew() ? "300" : "50");
        if (stacked) {
            value(bars.isSetOverlap() ? bars.getOverlap() : bars.addNewOverlap(), "100");
        }
    }

    private static void size(CTMarker marker, String points) {
        value(marker.isSetSize() ? marker.getSize() : marker.addNewSize(), points);
    }

    private static void value(XmlObject element, String value) {
        try (XmlCursor cursor = element.newCursor()) {
            cursor.setAttributeText(new QName("val"), value);
        }
    }

    private void add(XDDFBarChartData bars, XDDFCategoryDataSource names, int column, String title, String colour) {
        XDDFChartData.Series series = bars.addSeries(names, numbers.candidateNumbers(column));
        series.setTitle(title, null);
        series.setFillProperties(fill(colour));
    }

    private static XDDFValueAxis valueAxis(XSSFChart chart, AxisPosition position, String format) {
        XDDFValueAxis axis = chart.createValueAxis(position);
        axis.setNumberFormat(format);
        axis.setCrossBetween(AxisCrossBetween.BETWEEN); // else the first bar is cut in half
        axis.setMajorTickMark(AxisTickMark.NONE);
        axis.getOrAddMajorGridProperties().setLineProperties(line("D9D9D9", 0.75, null));
        small(axis);
        return axis;
    }

    private static void small(XDDFChartAxis axis) {
        axis.getOrAddTextProperties().setFontSize(9d);
    }

    /** Names below bars go on in the next line instead of leaning over. */
    private static void level(XSSFChart chart) {
        try (XmlCursor cursor = chart.getCTChart()
                .getPlotArea()
                .getCatAxArray(0)
                .getTxPr()
                .getBodyPr()
                .newCursor()) {
            cursor.setAttributeText(new QName("rot"), "0");
            cursor.setAttributeText(new QName("vert"), "horz");
        }
    }

    private static void legend(XSSFChart chart) {
        chart.getOrAddLegend().setPosition(LegendPosition.BOTTOM);
    }

    private static XDDFSolidFillProperties fill(String colour) {
        return new XDDFSolidFillProperties(XDDFColor.from(rgb(colour)));
    }

    private static XDDFLineProperties line(String colour, double points, @Nullable PresetLineDash dash) {
        XDDFLineProperties line = new XDDFLineProperties(fill(colour));
        line.setWidth(points);
        if (dash != null) {
            line.setPresetDash(new XDDFPresetLineDash(dash));
        }
        return line;
    }

    private static void noLine(XDDFLineChartData.Series series) {
        XDDFShapeProperties shape = new XDDFShapeProperties();
        shape.setLineProperties(new XDDFLineProperties(new XDDFNoFillProperties()));
        series.setShapeProperties(shape);
    }

    private static void marker(XDDFLineChartData.Series series) {
        XDDFShapeProperties shape = new XDDFShapeProperties();
        shape.setFillProperties(fill(DARK));
        shape.setLineProperties(line(DARK, 1, null));
        series.getCTLineSer().getMarker().setSpPr(shape.getXmlObject());
        size(series.getCTLineSer().getMarker(), "18");
    }

    private static byte[] rgb(String colour) {
        int value = Integer.parseInt(colour, 16);
        return new byte[] {(byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }
}
