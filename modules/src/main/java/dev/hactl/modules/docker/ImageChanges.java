package dev.hactl.modules.docker;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Footprint;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.Sh;
import dev.hactl.engine.module.Step;
import dev.hactl.engine.module.Thing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The single changes that can be made to a member's images. Pure. */
final class ImageChanges {
  private static final Duration BUILD = Duration.ofMinutes(30);

  private final ImageWish wish;

  ImageChanges(ImageWish wish) {
    this.wish = wish;
  }

  private Change.Builder<Members<DockerSeen>> to(
      String member, String what, Predicate<DockerSeen> converged) {
    Thing[] things = wish.names().stream().map(ImageName::thing).toArray(Thing[]::new);
    return Change.<Members<DockerSeen>>to(
            what, seen -> seen.of(member).filter(converged).isPresent())
        .touches(Footprint.of(things));
  }

  private boolean all(DockerSeen seen, Predicate<ImageInfo> right) {
    return wish.names().stream().allMatch(n -> seen.image(n).filter(right).isPresent());
  }

  private static String now(DockerSeen seen, ImageName name) {
    return seen.image(name).map(i -> ImageName.shorten(i.id())).orElse("absent");
  }

  private Diff diff(DockerSeen before, List<ImageName> names, String after, Diff.Property... more) {
    var properties = new ArrayList<Diff.Property>();
    names.forEach(n -> properties.add(new Diff.Property(n.text(), now(before, n), after)));
    properties.addAll(List.of(more));
    return new Diff.Properties("image " + wish.name(), properties);
  }

  private static Step.Script script(String text, Duration deadline) {
    return new Step.Script(
        text,
        Probe.Trust.BUILT_IN,
        Step.Interruption.INTERRUPTIBLE,
        deadline,
        Optional.empty(),
        false);
  }

  /** The folder is for its owner alone: whoever else could write there could exchange the file. */
  private Step folder(DockerSeen there) {
    String folder = Sh.quote(there.folder() + "/images");
    return Step.files("umask 077; [ -d " + folder + " ] || mkdir -p " + folder + "\n");
  }

  private String using(DockerSeen there) {
    return "f="
        + Sh.quote(wish.file(there))
        + "\ntrap 'rm -f -- \"$f\"' EXIT; trap 'exit 143' HUP INT TERM\n";
  }

  private static Duration patience(long bytes) {
    return Step.DEADLINE.plus(Content.patience(bytes));
  }

  private static Step put(String path, Content content) {
    return new Step.Put(
        path,
        content,
        Optional.empty(),
        Optional.empty(),
        Optional.of("0600"),
        false,
        Optional.empty());
  }

  private static String tags(String source, List<ImageName> names) {
    return names.stream()
        .filter(n -> !n.text().equals(source))
        .map(n -> "docker tag -- " + Sh.quote(source) + " " + Sh.quote(n.text()) + "\n")
        .collect(Collectors.joining());
  }

  /** Names for an image that is there. */
  Change<Members<DockerSeen>> tag(
      String member, DockerSeen before, ImageInfo image, Predicate<ImageInfo> right) {
    List<ImageName> wrong =
        wish.names().stream().filter(n -> before.image(n).filter(right).isEmpty()).toList();
    return to(
            member,
            "call the image %s %s"
                .formatted(
                    ImageName.shorten(image.id()),
                    wrong.stream().map(ImageName::text).collect(Collectors.joining(", "))),
            seen -> all(seen, right))
        .diff(diff(before, wrong, ImageName.shorten(image.id())))
        .step(Step.sh("set -e\n" + tags(image.id(), wrong)))
        .build();
  }

  /** The archive's own names come with the image, as 'docker load' does it. */
  Change<Members<DockerSeen>> load(String member, DockerSeen before, ImageWish.Load load) {
    Archive.Image image = load.image();
    var names = new ArrayList<>(wish.names());
    image.names().stream().filter(n -> !names.contains(n)).forEach(names::add);
    String called = image.names().stream().findFirst().map(ImageName::text).orElse(image.id());
    return to(
            member,
            "load the image %s (%s)".formatted(wish.name(), ImageName.shorten(image.id())),
            seen -> all(seen, image::is))
        .touches(Footprint.of(names.stream().map(ImageName::thing).toArray(Thing[]::new)))
        .diff(
            diff(
                before,
                names,
                ImageName.shorten(image.id()),
                new Diff.Property("from", "", load.content().source())))
        .step(folder(before))
        .step(put(wish.file(before), load.content()))
        .step(
            script(
                "set -e\n"
                    + using(before)
                    + "docker load -q -i \"$f\" > /dev/null\n"
                    + tags(called, wish.names()),
                patience(load.content().size())))
        .build();
  }

  /** One member builds; the others get what it built, because a second build has another id. */
  Change<Members<DockerSeen>> build(String member, DockerSeen before, BuildTree tree) {
    BuildTree.Recipe recipe = tree.recipe();
    var words = new ArrayList<String>(List.of("docker", "build", "-t", wish.name().text()));
    words.addAll(List.of("--label", BuildTree.LABEL + "=" + tree.hash()));
    words.addAll(List.of("-f", recipe.dockerfile()));
    recipe
        .args()
        .forEach((name, value) -> words.addAll(List.of("--build-arg", name + "=" + value)));
    recipe.target().ifPresent(t -> words.addAll(List.of("--target", t)));
    recipe.network().ifPresent(n -> words.addAll(List.of("--network", n)));
    words.add("-");
    return to(
            member,
            "build the image %s from %s".formatted(wish.name(), tree.archive().source()),
            seen -> all(seen, tree::made))
        .diff(
            diff(
                before,
                wish.names(),
                "built",
                new Diff.Property("from", "", tree.archive().source())))
        .step(folder(before))
        .step(put(wish.file(before), tree.archive()))
        .step(
            script(
                "set -e\n"
                    + using(before)
                    + Sh.words(words)
                    + " < \"$f\"\n"
                    + tags(wish.name().text(), wish.names()),
                BUILD))
        .build();
  }

  /**
   * Brings an image from another member.
   *
   * @param id empty while it is not built yet
   */
  Change<Members<DockerSeen>> copy(
      String member, DockerSeen before, String from, Optional<String> id) {
    String after = id.map(ImageName::shorten).orElse("as on " + from);
    return to(
            member,
            "copy the image %s from %s".formatted(wish.name(), from),
            seen -> id.isPresent() && all(seen, i -> i.id().equals(id.get())))
        .diff(diff(before, wish.names(), after))
        .step(new Step.Relay(from, save(id.orElse(wish.name().text())), wish.file(before)))
        .step(
            script(
                "set -e\n"
                    + using(before)
                    + "docker load -q -i \"$f\" > /dev/null\n"
                    + tags(id.orElse(""), wish.names()),
                BUILD))
        .build();
  }

  private static String save(String image) {
    return "PATH=$PATH:/usr/local/bin:/usr/sbin:/sbin\ndocker save -- " + Sh.quote(image) + "\n";
  }

  /** What an interrupted run could not take away itself. */
  Change<Members<DockerSeen>> clear(String member, DockerSeen before) {
    return to(
            member,
            "remove the archive of %s that an interrupted run left".formatted(wish.name()),
            seen -> !wish.isLeftOn(seen))
        .diff(Diff.of(wish.file(before), new Diff.Property("state", "left over", "absent")))
        .step(Step.files("rm -f -- " + Sh.quote(wish.file(before)) + "\n"))
        .build();
  }

  /** What was built or loaded before keeps its containers; the names alone go away. */
  Change<Members<DockerSeen>> remove(String member, DockerSeen before) {
    List<ImageName> there = wish.names().stream().filter(n -> before.image(n).isPresent()).toList();
    return to(
            member,
            "remove the image "
                + there.stream().map(ImageName::text).collect(Collectors.joining(", ")),
            seen -> wish.names().stream().allMatch(n -> seen.image(n).isEmpty()))
        .diff(diff(before, there, "absent"))
        .step(
            Step.sh(
                "docker rmi "
                    + (wish.force() ? "-f " : "")
                    + "-- "
                    + Sh.words(there.stream().map(ImageName::text).toList())
                    + " > /dev/null\n"))
        .build();
  }
}
