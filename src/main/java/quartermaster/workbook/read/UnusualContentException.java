package quartermaster.workbook.read;

import org.xml.sax.SAXException;

/** Something in a workbook that {@link PlainWorkbook} leaves to the library to understand, or refuses in passing. */
final class UnusualContentException extends SAXException {
    UnusualContentException(String what) {
        super(what);
    }
}
