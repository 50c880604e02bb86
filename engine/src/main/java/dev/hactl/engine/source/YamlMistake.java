package dev.hactl.engine.source;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** What the YAML library says about a text it cannot read, in the words of those who wrote it. */
final class YamlMistake {
  private static final Pattern CHARACTER = Pattern.compile("found character '(.)' that cannot.*");
  private static final Pattern ALIAS = Pattern.compile("found undefined alias (\\S+).*");
  private static final String QUOTES =
      "a value that holds ': ', ' #' or begins with one of @ ` % & * ! | > needs quotes";

  private YamlMistake() {}

  static Problem of(MarkedYamlEngineException e, Function<Mark, Place> places, SourceFile file) {
    String said = String.valueOf(e.getProblem()).strip();
    Optional<Place> begin = e.getContextMark().map(places);
    Place place = e.getProblemMark().map(places).orElse(Place.of(file.name()));
    String line = file.line(place.line());
    Matcher character = CHARACTER.matcher(said);
    Matcher alias = ALIAS.matcher(said);
    if (line.contains("{{")) {
      return wrong(
          place,
          "a value that begins with {{ is read as a mapping",
          "this looks like Jinja; hactl writes ${name}, and needs quotes only where YAML does");
    }
    if (said.startsWith("Expected mapping node")) {
      return wrong(place, "'<<' merges mappings only", "name an anchor, as in <<: *defaults");
    }
    if (said.contains("TAB")) {
      return wrong(place, "a tab cannot indent", "indent with spaces");
    }
    if (said.contains("end of stream") || said.contains("<stream end>")) {
      Place opened = begin.orElse(place);
      return file.line(opened.line()).isBlank()
          ? wrong(
              Place.of(file.name()),
              "the text ends in the middle of something",
              "close brackets and quotes")
          : wrong(opened, "what begins here is not closed", "");
    }
    if (character.matches()) {
      return wrong(
          place, "a value cannot begin with '" + character.group(1) + "'", "put it in quotes");
    }
    if (alias.matches()) {
      return wrong(
          place,
          "no anchor '&" + alias.group(1) + "' stands before this",
          "a text that begins with * needs quotes");
    }
    if (said.contains("another document")) {
      return wrong(place, "a second document begins here", "a file holds one document");
    }
    if (said.contains("mapping values are not allowed")) {
      return wrong(place, "a second ': ' in one line", "put a value that holds ': ' in quotes");
    }
    if (said.contains("<block mapping start>") || said.contains("<block end>")) {
      return wrong(
          place,
          "this is indented differently from what it belongs to",
          "the keys of a mapping and the dashes of a list stand in one column each");
    }
    return wrong(place, plain(said, e), QUOTES);
  }

  private static String plain(String said, MarkedYamlEngineException e) {
    String context = Optional.ofNullable(e.getContext()).orElse("").strip();
    return context.isEmpty() ? said : said + " (" + context + ")";
  }

  private static Problem wrong(Place place, String message, String advice) {
    return Problem.error(place, "not valid YAML: " + message, advice);
  }
}
