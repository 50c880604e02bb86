package dev.hactl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** docs/licences.md names every library of the build files with its version, and no other. */
class LicencesTest {
  private static final Path HOME = Path.of("..");
  private static final Pattern ROW =
      Pattern.compile("^\\| (\\S+:\\S+) \\| (\\S+) \\| .+ \\| .+ \\|$", Pattern.MULTILINE);

  /** Comes with jackson-jr in its own version, so no build file names it. */
  private static final String TRANSITIVE = "com.fasterxml.jackson.core:jackson-core";

  @Test
  void everyLibraryIsNamed() throws Exception {
    assertEquals(String.join("\n", inBuildFiles()), String.join("\n", inPage()));
  }

  private static TreeSet<String> inPage() throws Exception {
    String page = Files.readString(HOME.resolve("docs/licences.md"));
    return ROW.matcher(page)
        .results()
        .map(row -> row.group(1) + " " + row.group(2))
        .filter(library -> !library.startsWith(TRANSITIVE))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static TreeSet<String> inBuildFiles() throws Exception {
    var libraries = new TreeSet<String>();
    for (String file : new String[] {"pom.xml", "build/picocli/pom.xml"}) {
      Document pom =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(HOME.resolve(file).toFile());
      var found =
          (NodeList)
              XPathFactory.newInstance()
                  .newXPath()
                  .evaluate(
                      "//dependencyManagement//dependency | //annotationProcessorPaths/path"
                          + " | //artifactItem",
                      pom,
                      XPathConstants.NODESET);
      for (int i = 0; i < found.getLength(); i++) {
        var library = (Element) found.item(i);
        if (!text(library, "groupId").equals("dev.hactl")) {
          libraries.add(
              "%s:%s %s"
                  .formatted(
                      text(library, "groupId"),
                      text(library, "artifactId"),
                      resolved(text(library, "version"))));
        }
      }
    }
    return libraries;
  }

  private static String text(Element element, String child) {
    return element.getElementsByTagName(child).item(0).getTextContent();
  }

  /** A version with its property filled in from the main build file. */
  private static String resolved(String version) throws Exception {
    if (!version.startsWith("${")) {
      return version;
    }
    String name = version.substring(2, version.length() - 1);
    Pattern property = Pattern.compile("<" + Pattern.quote(name) + ">(.*?)<");
    return property
        .matcher(Files.readString(HOME.resolve("pom.xml")))
        .results()
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow();
  }
}
