package dev.hactl.modules.cib;

import dev.hactl.engine.module.UnreadableAnswer;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads XML that came from a host: no document type, no entities of its own, nothing fetched from
 * anywhere.
 */
final class XmlReader {
  /** Deeper than any configuration; a document made to exhaust the stack ends here. */
  private static final int DEPTH = 200;

  private XmlReader() {}

  /** The root element; throws {@link UnreadableAnswer} when the text is no such document. */
  static Element read(String text) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text.strip()));
      try {
        return document(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      // The parser's message quotes the document, which may hold passwords: only the place is told.
      throw new UnreadableAnswer(
          "the cluster's configuration is not well-formed XML (line "
              + e.getLocation().getLineNumber()
              + ")");
    }
  }

  private static Element document(XMLStreamReader reader) throws XMLStreamException {
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.DTD ->
            throw new UnreadableAnswer("the cluster's configuration has a document type");
        case XMLStreamConstants.START_ELEMENT -> {
          return element(reader);
        }
        default -> {}
      }
    }
    throw new UnreadableAnswer("the cluster's configuration is empty");
  }

  private static Element element(XMLStreamReader reader) throws XMLStreamException {
    Deque<Open> open = new ArrayDeque<>();
    open.push(Open.at(reader));
    while (true) {
      Open inner = open.element();
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          if (open.size() > DEPTH) {
            throw new UnreadableAnswer("the cluster's configuration is nested too deeply");
          }
          open.push(Open.at(reader));
        }
        case XMLStreamConstants.END_ELEMENT -> {
          open.pop();
          if (open.isEmpty()) {
            return inner.closed();
          }
          open.element().nodes.add(inner.closed());
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!reader.getText().isBlank()) {
            inner.nodes.add(new XmlNode.Text(reader.getText()));
          }
        }
        case XMLStreamConstants.COMMENT -> inner.nodes.add(new XmlNode.Comment(reader.getText()));
        case XMLStreamConstants.ENTITY_REFERENCE ->
            throw new UnreadableAnswer("the cluster's configuration uses an entity of its own");
        default -> {}
      }
    }
  }

  /** An element whose end was not read yet. */
  private record Open(String name, LinkedHashMap<String, String> attributes, List<XmlNode> nodes) {
    static Open at(XMLStreamReader reader) {
      var attributes = new LinkedHashMap<String, String>();
      for (int i = 0; i < reader.getAttributeCount(); i++) {
        attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
      }
      return new Open(reader.getLocalName(), attributes, new ArrayList<>());
    }

    Element closed() {
      return new Element(name, attributes, nodes);
    }
  }
}
