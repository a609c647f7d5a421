package quartermaster.workbook.read;

/** What a file is, by its content: names lie. */
public enum FileKind {
    XLSX,
    XLS,
    ODS,
    CSV
}
