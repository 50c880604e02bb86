package dev.hactl.modules.cib;

/** A part of an XML document. */
public sealed interface XmlNode permits Element, XmlNode.Comment, XmlNode.Text {

  /** A comment. Pacemaker keeps them and counts them when a patch names a position. */
  record Comment(String text) implements XmlNode {}

  /** Text between elements; blanks that only lay the document out are no part of it. */
  record Text(String text) implements XmlNode {}
}
