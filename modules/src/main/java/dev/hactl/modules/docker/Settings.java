package dev.hactl.modules.docker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Diff;
import dev.hactl.engine.module.Sh;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How a container differs from what a task wants. Pure. */
final class Settings {
  private final Spec spec;
  private final ContainerInfo now;
  private final Optional<ImageInfo> image;
  private final List<Diff.Property> found = new ArrayList<>();

  private Settings(Spec spec, ContainerInfo now, Optional<ImageInfo> image) {
    this.spec = spec;
    this.now = now;
    this.image = image;
  }

  /**
   * What only a new container can have.
   *
   * @param image what the image's name stands for now; where it stands for nothing, what the image
   *     gives to its containers is not known, and only what is missing counts as a difference
   */
  static List<Diff.Property> fixed(Spec spec, ContainerInfo now, Optional<ImageInfo> image) {
    var settings = new Settings(spec, now, image);
    settings.image();
    settings.command();
    settings.env();
    settings.labels();
    spec.ports().ifPresent(p -> settings.list("published_ports", now.host().ports(), p));
    settings.volumes();
    spec.network().ifPresent(n -> settings.add("network_mode", network(now.host().network()), n));
    spec.hostname().ifPresent(h -> settings.add("hostname", now.hostname(), h));
    spec.user().ifPresent(u -> settings.add("user", now.user(), u));
    spec.workingDir().ifPresent(w -> settings.add("working_dir", now.workingDir(), w));
    spec.privileged()
        .ifPresent(p ->
            settings.add(
                "privileged", Boolean.toString(now.host().privileged()), Boolean.toString(p)));
    return settings.found;
  }

  /** What {@code docker update} changes without a stop. */
  static List<Diff.Property> live(Spec spec, ContainerInfo now) {
    var settings = new Settings(spec, now, Optional.empty());
    var restart = new Spec.Restart(now.host().restart(), now.host().retries());
    spec.restart().ifPresent(r -> settings.add("restart_policy", restart.toString(), r.toString()));
    spec.memory()
        .ifPresent(m -> settings.add("memory", Memory.shown(now.host().memory()), Memory.shown(m)));
    return settings.found;
  }

  /** Docker's own network has two names. */
  private static String network(String name) {
    return name.equals("default") ? "bridge" : name;
  }

  private void add(String name, String before, String after) {
    if (!before.equals(after)) {
      found.add(new Diff.Property(name, before, after));
    }
  }

  private void list(String name, List<String> before, List<String> after) {
    add(name, String.join(", ", before), String.join(", ", after));
  }

  private void image() {
    if (image.isPresent() && !image.get().id().equals(now.image())) {
      found.add(
          new Diff.Property(
              "image",
              "%s (%s)".formatted(now.imageName(), ImageName.shorten(now.image())),
              "%s (%s)"
                  .formatted(
                      spec.image().map(ImageName::text).orElse(""),
                      ImageName.shorten(image.get().id()))));
    } else if (image.isEmpty() && spec.image().isPresent() && !named(spec.image().get())) {
      found.add(new Diff.Property("image", now.imageName(), spec.image().get().text()));
    }
  }

  private boolean named(ImageName wanted) {
    try {
      return now.image().equals(wanted.text()) || ImageName.of(now.imageName()).equals(wanted);
    } catch (BadValue e) {
      return false;
    }
  }

  /** An entrypoint takes the image's command away, as it does for docker. */
  private void command() {
    if (spec.command().isEmpty() && spec.entrypoint().isEmpty()) {
      return;
    }
    if (image.isEmpty() && (spec.command().isEmpty() || spec.entrypoint().isEmpty())) {
      return;
    }
    var wanted = new ArrayList<String>();
    wanted.addAll(spec.entrypoint().orElseGet(() -> image.orElseThrow().entrypoint()));
    wanted.addAll(
        spec.command()
            .orElseGet(
                () -> spec.entrypoint().isPresent() ? List.of() : image.orElseThrow().command()));
    add("command", Sh.words(now.argv()), Sh.words(wanted));
  }

  private void env() {
    if (spec.env().isEmpty()) {
      return;
    }
    EnvVars vars = spec.env().get();
    Map<String, String> wanted =
        new LinkedHashMap<>(EnvVars.map(image.map(ImageInfo::env).orElse(List.of())));
    vars.values().forEach((name, value) -> wanted.put(name, value.text()));
    Map<String, String> seen = EnvVars.map(now.env());
    for (String name : names(seen, wanted)) {
      if (!Objects.equals(seen.get(name), wanted.get(name))) {
        found.add(
            new Diff.Property(
                "env " + name,
                shown(vars, name, seen.get(name)),
                shown(vars, name, wanted.get(name))));
      }
    }
  }

  private static String shown(
      EnvVars vars, String name, @org.jspecify.annotations.Nullable String value) {
    return value == null ? "" : vars.shown(name, value);
  }

  private void labels() {
    if (spec.labels().isEmpty()) {
      return;
    }
    Map<String, String> wanted = new LinkedHashMap<>(image.map(ImageInfo::labels).orElse(Map.of()));
    wanted.putAll(spec.labels().get());
    for (String name : names(now.labels(), wanted)) {
      add("label " + name, now.labels().getOrDefault(name, ""), wanted.getOrDefault(name, ""));
    }
  }

  /** Without the image, what is there besides may be the image's. */
  private Set<String> names(Map<String, String> seen, Map<String, String> wanted) {
    var names = new TreeSet<>(wanted.keySet());
    if (image.isPresent()) {
      names.addAll(seen.keySet());
    }
    return names;
  }

  private void volumes() {
    if (spec.volumes().isEmpty()) {
      return;
    }
    Map<String, String> anonymous = now.host().anonymous();
    List<String> seen =
        now.host().binds().stream()
            .map(Volumes::parse)
            // A volume that went over from the container before this one.
            .filter(v -> !v.source().equals(anonymous.get(v.target())))
            .map(Volumes::toString)
            .sorted()
            .toList();
    List<Volumes> wanted = spec.volumes().get();
    list(
        "volumes",
        seen,
        wanted.stream()
            .filter(v -> !v.source().isEmpty())
            .map(Volumes::toString)
            .sorted()
            .toList());
    wanted.stream()
        .filter(v -> v.source().isEmpty() && !anonymous.containsKey(v.target()))
        .forEach(v -> add("volume " + v.target(), "", "a volume without a name"));
  }

  /** Names of what differs, for one line. */
  static String names(List<Diff.Property> properties) {
    return properties.stream()
        .map(Diff.Property::name)
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
