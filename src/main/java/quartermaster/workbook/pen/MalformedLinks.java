package quartermaster.workbook.pen;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.poi.ooxml.util.DocumentHelper;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackageRelationship;
import org.apache.poi.openxml4j.opc.PackagingURIHelper;
import org.apache.poi.openxml4j.opc.TargetMode;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Links to what is no address by the book, e.g. {@code mailto:#%@}: the library puts a dummy in their place. They keep
 * their targets, with escapes for what may not stand in an address.
 */
final class MalformedLinks {
    private static final String DUMMY = "http://invalid.uri";
    private static final Pattern ILLEGAL = Pattern.compile("%(?![0-9A-Fa-f]{2})|[^\\w.~:/?#@!$&'()*+,;=%-]");

    private MalformedLinks() {}

    static void keep(XSSFWorkbook book) throws InvalidFormatException {
        for (PackagePart part : book.getPackage().getParts()) {
            for (PackageRelationship link : dummies(part)) {
                Optional<URI> target = written(part, link).flatMap(MalformedLinks::escaped);
                if (target.isPresent()) {
                    part.removeRelationship(link.getId());
                    part.addExternalRelationship(target.get().toString(), link.getRelationshipType(), link.getId());
                }
            }
        }
    }

    private static List<PackageRelationship> dummies(PackagePart part) throws InvalidFormatException {
        List<PackageRelationship> dummies = new ArrayList<>();
        if (!part.isRelationshipPart()) {
            for (PackageRelationship each : part.getRelationships()) {
                if (each.getTargetMode() == TargetMode.EXTERNAL
                        && each.getTargetURI().toString().equals(DUMMY)) {
                    dummies.add(each);
                }
            }
        }
        return dummies;
    }

    /** The target as the file has it. */
    private static Optional<String> written(PackagePart part, PackageRelationship link) {
        PackagePart links = part.getPackage().getPart(PackagingURIHelper.getRelationshipPartName(part.getPartName()));
        try (InputStream content = links.getInputStream()) {
            NodeList all = DocumentHelper.readDocument(content).getElementsByTagNameNS("*", "Relationship");
            for (int i = 0; i < all.getLength(); i++) {
                Element each = (Element) all.item(i);
                if (each.getAttribute("Id").equals(link.getId())) {
                    return Optional.of(each.getAttribute("Target"));
                }
            }
            return Optional.empty();
        } catch (IOException | SAXException e) {
            return Optional.empty();
        }
    }

    private static Optional<URI> escaped(String target) {
        String legal = ILLEGAL.matcher(target)
                .replaceAll(odd ->
                        URLEncoder.encode(odd.group(), StandardCharsets.UTF_8).replace("+", "%20"));
        return uri(legal).or(() -> uri(legal.replace("#", "%23")));
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
