package dev.hactl.engine.module;

import java.util.List;

/**
 * Puts many questions of one kind to a host in one go.
 *
 * <p>Collectors are stateless singletons.
 *
 * @param <Q> a question; a record or a text, compared by {@code equals}
 */
public interface Collector<Q> {

  /**
   * The shell text that answers all questions. It must be read-only, POSIX sh, well-formed whatever
   * the questions hold, and must not read standard input.
   *
   * @param nonce random letters; whatever the text prints to mark places must contain it, so that
   *     no file's content can be mistaken for a mark
   */
  String script(List<Q> questions, String nonce);

  /**
   * Takes the output apart.
   *
   * @return one answer per question, in their order; {@link Answer#missing()} where the output does
   *     not tell
   */
  List<Answer> split(List<Q> questions, String nonce, byte[] output);
}
