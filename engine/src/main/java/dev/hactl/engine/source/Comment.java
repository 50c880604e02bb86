package dev.hactl.engine.source;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.events.CommentEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A comment of a YAML text.
 *
 * @param place where its {@code #} stands
 * @param text from the {@code #} to the line's end
 * @param alone whether nothing but blanks stands before it
 */
public record Comment(Place place, String text, boolean alone) {

  /**
   * Those of a text, from top to bottom. What looks like a comment inside of a text is none. In
   * what is no YAML, lines that begin with {@code #} are comments.
   */
  public static List<Comment> in(SourceFile file) {
    var settings = LoadSettings.builder().setParseComments(true).setLabel(file.name()).build();
    var all = new ArrayList<Comment>();
    try {
      for (Event event : new Parse(settings).parseString(file.text())) {
        if (event instanceof CommentEvent c && c.getCommentType() != CommentType.BLANK_LINE) {
          c.getStartMark()
              .ifPresent(m ->
                  all.add(
                      new Comment(
                          file.at(m.getLine() + 1, m.getColumn() + 1),
                          "#" + c.getValue(),
                          c.getCommentType() == CommentType.BLOCK)));
        }
      }
      return List.copyOf(all);
    } catch (YamlEngineException noYaml) {
      return lines(file);
    }
  }

  private static List<Comment> lines(SourceFile file) {
    var all = new ArrayList<Comment>();
    int number = 0;
    for (String line : file.text().lines().toList()) {
      number++;
      if (line.strip().startsWith("#")) {
        all.add(new Comment(file.at(number, line.indexOf('#') + 1), line.strip(), true));
      }
    }
    return List.copyOf(all);
  }
}
