package dev.hactl.modules.storage;

import dev.hactl.engine.module.UnreadableAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What Pacemaker's configuration says about mounts and exports, so that nobody else manages them.
 *
 * @param resources the primitives
 */
record ClusterConfig(List<Resource> resources) {

  /**
   * A primitive.
   *
   * @param agent its type, such as Filesystem
   * @param parameters its instance attributes
   */
  record Resource(String id, String agent, Map<String, String> parameters) {
    private String get(String name) {
      return parameters.getOrDefault(name, "");
    }
  }

  /** Reads cib.xml; nothing when there is none. What cannot be read is a failure, not "nothing". */
  static ClusterConfig parse(byte[] xml) {
    if (xml.length == 0) {
      return new ClusterConfig(List.of());
    }
    NodeList primitives = document(xml).getElementsByTagName("primitive");
    NodeList templates = document(xml).getElementsByTagName("template");
    var resources = new ArrayList<Resource>();
    for (int i = 0; i < primitives.getLength(); i++) {
      resources.add(resource((Element) primitives.item(i), templates));
    }
    return new ClusterConfig(List.copyOf(resources));
  }

  private static Document document(byte[] xml) {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new UnreadableAnswer("the cluster's configuration cannot be read: " + e.getMessage());
    }
  }

  private static Resource resource(Element primitive, NodeList templates) {
    var parameters = new HashMap<String, String>();
    String agent = primitive.getAttribute("type");
    for (int i = 0; i < templates.getLength(); i++) {
      Element template = (Element) templates.item(i);
      if (template.getAttribute("id").equals(primitive.getAttribute("template"))) {
        agent = template.getAttribute("type");
        attributes(template, parameters);
      }
    }
    attributes(primitive, parameters);
    return new Resource(primitive.getAttribute("id"), agent, Map.copyOf(parameters));
  }

  private static void attributes(Element of, Map<String, String> into) {
    NodeList pairs = of.getElementsByTagName("nvpair");
    for (int i = 0; i < pairs.getLength(); i++) {
      Element pair = (Element) pairs.item(i);
      if (((Element) pair.getParentNode()).getTagName().equals("instance_attributes")) {
        into.put(pair.getAttribute("name"), pair.getAttribute("value"));
      }
    }
  }

  /** The resource that mounts a directory or a device. */
  Optional<Resource> mounting(String directory, String device) {
    return resources.stream()
        .filter(r -> r.agent().equals("Filesystem"))
        .filter(r ->
            plain(r.get("directory")).equals(directory)
                || (!device.isEmpty() && r.get("device").equals(device)))
        .findFirst();
  }

  /** The resource that exports a directory; it may name several, separated by blanks. */
  Optional<Resource> exporting(String directory) {
    return resources.stream()
        .filter(r -> r.agent().equals("exportfs"))
        .filter(r ->
            List.of(r.get("directory").split("\\s+", -1)).stream()
                .anyMatch(d -> plain(d).equals(directory)))
        .findFirst();
  }

  private static String plain(String path) {
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
