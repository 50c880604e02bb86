package dev.hactl.modules.cib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Laws that hold for every edit of every configuration. */
class RandomEditsTest {
  static final List<String> SAMPLES = Samples.NAMES;
  private static final int ROUNDS = 200;

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void anEditAppliedTwiceChangesNothingMore(String sample) {
    walk(
        sample,
        (before, edit, after) ->
            assertEquals(
                List.of(), WorkingCopy.of(after).diff(edit, again(after, edit)), edit::toString));
  }

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void aSecondApplicationIsTheVerySameDocument(String sample) {
    walk(
        sample,
        (before, edit, after) -> assertEquals(after, again(after, edit).cib(), edit::toString));
  }

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void theOperatorsStateSurvivesEveryEdit(String sample) {
    List<String> kept = kept(Samples.cib(sample));
    walk(
        sample, (before, edit, after) -> assertTrue(kept(after).containsAll(kept), edit::toString));
  }

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void whatNoEditNamesStaysAsItWas(String sample) {
    walk(
        sample,
        (before, edit, after) -> {
          assertEquals(before.section("nodes"), after.section("nodes"));
          assertEquals(before.section("tags"), after.section("tags"));
          assertEquals(before.status(), after.status());
          assertEquals(before.root().attributes(), after.root().attributes());
          String words = edit.toString();
          for (String section : List.of("resources", "constraints")) {
            before
                .section(section)
                .all()
                .filter(e -> e.name().equals("primitive") || e.name().startsWith("rsc_"))
                .filter(e -> !isNamed(e, words))
                .forEach(e -> assertEquals(e, after.find(e.id()).orElse(e), edit::toString));
          }
        });
  }

  /** An edit names a resource by its id, and a constraint by the resources in it. */
  private static boolean isNamed(Element e, String words) {
    return Stream.of("id", "rsc", "with-rsc", "first", "then")
        .flatMap(name -> e.attribute(name).stream())
        .anyMatch(
            id -> Pattern.compile("[\\[= ]" + Pattern.quote(id) + "[],]").matcher(words).find());
  }

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void aPatchLeadsFromOneToTheOther(String sample) {
    Cib base = Samples.cib(sample);
    walk(
        sample,
        (before, edit, after) -> {
          assertEquals(
              after, PatchModel.apply(before, CibPatch.between(before, after)), edit::toString);
          assertEquals(
              after.configuration(),
              PatchModel.apply(base, CibPatch.between(base, after)).configuration(),
              edit::toString);
        });
  }

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void allIdsStayUnique(String sample) {
    walk(
        sample,
        (before, edit, after) -> {
          List<String> ids =
              after
                  .configuration()
                  .all()
                  .filter(e -> !Cib.isReference(e))
                  .map(Element::id)
                  .filter(i -> !i.isEmpty())
                  .toList();
          assertEquals(Set.copyOf(ids).size(), ids.size(), edit::toString);
        });
  }

  private static List<String> kept(Cib cib) {
    return OperatorState.of(cib).stream().filter(l -> !l.contains("target-role")).toList();
  }

  private static Edited.Done again(Cib cib, CibEdit edit) {
    return assertInstanceOf(Edited.Done.class, WorkingCopy.of(cib).apply(edit), edit::toString);
  }

  private interface Look {
    void at(Cib before, CibEdit edit, Cib after);
  }

  private static void walk(String sample, Look look) {
    for (long seed = 1; seed <= 5; seed++) {
      var edits = new RandomEdits(seed);
      WorkingCopy copy = WorkingCopy.of(Samples.cib(sample));
      for (int i = 0; i < ROUNDS / 5; i++) {
        CibEdit edit = edits.next(copy.current());
        Cib before = copy.current();
        if (copy.apply(edit) instanceof Edited.Done done) {
          look.at(before, edit, done.cib());
          copy = copy.after(edit, done);
        }
      }
    }
  }
}
