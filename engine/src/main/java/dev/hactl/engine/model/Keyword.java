package dev.hactl.engine.model;

/**
 * A keyword of the language as documentation and editors know it.
 *
 * @param name as written in playbooks
 * @param shape what may stand after it
 * @param description one or two sentences; empty when nobody has described it yet
 */
public record Keyword(String name, Shape shape, String description) {

  /** What may stand after a keyword. */
  public enum Shape {
    /** True or false, written out: it is known before any host is. */
    FLAG,
    /** One value, rendered per host. */
    TEXT,
    /** A number, rendered per host. */
    NUMBER,
    /** The name of a variable. */
    NAME,
    /** An expression, or several of which all must hold. */
    CONDITIONS,
    /** One word, or a list of them. */
    WORDS,
    /** A list, whose entries are names, mappings or lists; or one name. */
    LIST,
    /** One name, or a mapping that says more. */
    NAMED,
    /** Names and their values. */
    MAPPING,
    /** A list, a mapping, or a text that renders to one. */
    COLLECTION,
    /** Tasks and blocks. */
    TASKS,
    /** The name of a document that modules edit together. */
    DOCUMENT,
    /** Anything. */
    ANY
  }
}
