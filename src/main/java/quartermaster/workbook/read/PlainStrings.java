package quartermaster.workbook.read;

import java.util.ArrayList;
import java.util.List;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The texts that cells share. */
final class PlainStrings extends DefaultHandler {
    private final List<String> texts = new ArrayList<>();
    private final RichText text = new RichText();

    List<String> texts() {
        return texts;
    }

    @Override
    public void startElement(String uri, String local, String qualified, Attributes attributes) throws SAXException {
        if (local.equals("si")) {
            text.begin();
        } else {
            text.start(local);
        }
    }

    @Override
    public void characters(char[] characters, int start, int length) {
        text.characters(characters, start, length);
    }

    @Override
    public void endElement(String uri, String local, String qualified) {
        if (local.equals("si")) {
            texts.add(text.end());
        } else {
            text.end(local);
        }
    }
}
