package quartermaster.workbook.template;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import quartermaster.TestWorkspace;

/** The example that comes with the program: the template with rows that people may meet. Its main writes the file. */
public final class ExampleWorkbook {
    private static final String CODING = "Coding assistant";
    private static final String CHAT = "Support chat";

    private ExampleWorkbook() {}

    public static void main(String[] arguments) throws IOException {
        Files.write(Path.of("spreadsheets/candidates.xlsx"), bytes());
    }

    public static byte[] bytes() {
        byte[] template = Template.write(TestWorkspace.catalogue());
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(template));
                ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            workloads(book.getSheet("Workload"));
            candidates(book.getSheet("Candidates"));
            book.write(bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void workloads(XSSFSheet sheet) {
        fill(
                sheet,
                1,
                "Name",
                "Try new models",
                "Type",
                "evaluation",
                "Model",
                "Qwen3.6-35B-A3B",
                "Concurrency",
                1,
                "Input tokens",
                2000,
                "Output tokens",
                500,
                "Min decode (tok/s)",
                15,
                "Purchase budget (USD)",
                6000,
                "Skills",
                "macos, python-ml",
                "Notes",
                "One engineer compares open models before we commit to one.");
        fill(
                sheet,
                2,
                "Name",
                CODING,
                "Type",
                "internal-tool",
                "Model",
                "Qwen3-30B-A3B",
                "Named users",
                40,
                "Input tokens",
                6000,
                "Output tokens",
                600,
                "Min decode (tok/s)",
                30,
                "Max time to first token (s)",
                5,
                "Purchase budget (USD)",
                40000,
                "Monthly budget (USD)",
                3000,
                "Utilization",
                0.25,
                "Skills",
                "linux, python-ml, cuda",
                "Data must stay",
                "yes",
                "Notes",
                "12 developers today, 40 seats planned. The source code stays in the house.");
        fill(
                sheet,
                3,
                "Name",
                CHAT,
                "Type",
                "production",
                "Model",
                "Llama-3.1-70B-Instruct",
                "Concurrency",
                200,
                "Input tokens",
                2000,
                "Output tokens",
                300,
                "Shared prefix tokens",
                800,
                "Min decode (tok/s)",
                20,
                "Max time to first token (s)",
                2,
                "Monthly budget (USD)",
                30000,
                "Horizon (months)",
                24,
                "Utilization",
                0.3,
                "Skills",
                "linux, cuda, kubernetes, python-ml",
                "Notes",
                "Customers wait for it, day and night.");
        fill(
                sheet,
                4,
                "Name",
                "Overnight batch",
                "Type",
                "batch",
                "Model",
                "gpt-oss-120b",
                "Concurrency",
                16,
                "Input tokens",
                4000,
                "Output tokens",
                400,
                "Monthly budget (USD)",
                4000,
                "Utilization",
                0.4,
                "Skills",
                "linux, cuda, python-ml",
                "Notes",
                "Summaries of the day's documents, done by six in the morning.");
        fill(
                sheet,
                5,
                "Name",
                "Fine-tune on our tickets",
                "Type",
                "fine-tuning",
                "Model",
                "Llama-3.1-8B-Instruct",
                "Fine-tuning method",
                "qlora",
                "Fine-tuning batch",
                4,
                "Fine-tuning sequence tokens",
                4096,
                "Purchase budget (USD)",
                12000,
                "Skills",
                "linux, cuda, python-ml",
                "Notes",
                "Private data: a few runs a month.");
    }

    private static void candidates(XSSFSheet sheet) {
        List<Object[]> rows = List.of(
                new Object[] {"Hardware", "Mac mini M5 Pro 16c GPU 64GB", "Acquisition", "buy", "Engine", "MLX"},
                new Object[] {"Hardware", "Mac Studio M4 Max 40c GPU 128GB", "Acquisition", "buy", "Engine", "MLX"},
                new Object[] {"Hardware", "Mac Studio M3 Ultra 80c GPU 256GB", "Acquisition", "buy"},
                new Object[] {
                    "Hardware",
                    "Mac Studio M5 Ultra 80c GPU 256GB",
                    "Acquisition",
                    "buy",
                    "Notes",
                    "Check the delivery date."
                },
                new Object[] {
                    "Hardware", "NVIDIA RTX 4090", "Devices", 1, "Acquisition", "buy", "Notes", "Used ones only."
                },
                new Object[] {"Hardware", "NVIDIA RTX 5090", "Devices", 2, "Acquisition", "buy", "Engine", "vLLM"},
                new Object[] {
                    "Hardware",
                    "NVIDIA RTX PRO 6000 Blackwell Workstation 96GB",
                    "Devices",
                    1,
                    "Acquisition",
                    "buy",
                    "Engine",
                    "vLLM"
                },
                new Object[] {"Hardware", "NVIDIA DGX Spark (GB10) 128GB", "Acquisition", "buy"},
                new Object[] {
                    "Hardware",
                    "Framework Desktop (Ryzen AI Max+ 395) 128GB",
                    "Acquisition",
                    "buy",
                    "Engine",
                    "llama.cpp"
                },
                new Object[] {"Hardware", "NVIDIA L40S", "Acquisition", "rent", "Engine", "vLLM"},
                new Object[] {
                    "Hardware",
                    "NVIDIA A100 80GB SXM",
                    "Devices",
                    2,
                    "Acquisition",
                    "rent",
                    "Engine",
                    "vLLM",
                    "Workload",
                    CHAT
                },
                new Object[] {
                    "Hardware",
                    "NVIDIA H100 SXM 80GB",
                    "Devices",
                    2,
                    "Acquisition",
                    "rent",
                    "Engine",
                    "vLLM",
                    "Quantization",
                    "FP8",
                    "Workload",
                    CHAT
                },
                new Object[] {"Hardware", "NVIDIA H100 SXM 80GB", "Devices", 1, "Acquisition", "rent"},
                new Object[] {
                    "Hardware",
                    "NVIDIA H100 SXM 80GB",
                    "Devices",
                    4,
                    "Acquisition",
                    "buy",
                    "Engine",
                    "vLLM",
                    "Quantization",
                    "FP8",
                    "Workload",
                    CHAT,
                    "Price (USD)",
                    28000,
                    "Notes",
                    "The dealer's quote, per card."
                },
                new Object[] {
                    "Hardware", "NVIDIA H200 SXM 141GB", "Acquisition", "rent", "Workload", CHAT + "; Overnight batch"
                });
        for (int i = 0; i < rows.size(); i++) {
            fill(sheet, i + 1, rows.get(i));
        }
    }

    /** Header, value, header, value … */
    private static void fill(XSSFSheet sheet, int row, Object... headersAndValues) {
        for (int i = 0; i < headersAndValues.length; i += 2) {
            XSSFCell cell = sheet.getRow(row).getCell(column(sheet, headersAndValues[i].toString()));
            if (headersAndValues[i + 1] instanceof Number number) {
                cell.setCellValue(number.doubleValue());
            } else {
                cell.setCellValue(headersAndValues[i + 1].toString());
            }
        }
    }

    private static int column(XSSFSheet sheet, String header) {
        for (var cell : sheet.getRow(0)) {
            if (cell.getStringCellValue().equals(header)) {
                return cell.getColumnIndex();
            }
        }
        throw new IllegalArgumentException(sheet.getSheetName() + " has no column " + header);
    }
}
