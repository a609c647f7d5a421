package quartermaster.workspace;

import java.time.LocalDate;
import java.time.ZoneId;
import quartermaster.catalogue.Catalogue;
import quartermaster.estimate.calibration.Calibration;
import quartermaster.unit.Imported;
import quartermaster.workbook.knowledge.CatalogueReader;
import quartermaster.workbook.knowledge.EfficiencyWriter;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;

/** Gives a catalogue with new measurements the constants that fit them. */
public final class Recalibration {
    private Recalibration() {}

    /**
     * The workbook, calibrated if it can be read and its measurements differ from those in force; else as it is.
     *
     * @param inForce whose constants fit its measurements already
     */
    public static byte[] of(byte[] workbook, Catalogue inForce) {
        try {
            Imported<Catalogue> read = CatalogueReader.read(WorkbookFile.open(workbook, Workspace.CATALOGUE));
            boolean isNew = !read.value().measurements().equals(inForce.measurements());
            if (!read.isClean() || !isNew) {
                return workbook;
            }
            String today = LocalDate.now(ZoneId.systemDefault()).toString();
            Calibration calibration = Calibration.checked(read.value(), today, progress -> {});
            return EfficiencyWriter.write(workbook, calibration, today);
        } catch (UnreadableWorkbookException e) {
            return workbook; // whoever imports it next says why
        }
    }
}
