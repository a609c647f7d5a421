package quartermaster.workbook;

/** What a file is, by its content: names lie. */
public enum FileKind {
    XLSX,
    XLS,
    ODS,
    CSV
}
