package dev.hactl.modules.docker;

import dev.hactl.engine.module.Change;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Stage;
import dev.hactl.engine.module.Thing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Decides about an image on all members of a cluster, or on one host. Pure. */
final class ImagePlan {
  private final ImageWish wish;
  private final Members<DockerSeen> members;
  private final SequencedMap<String, DockerSeen> seen;
  private final ImageChanges changes;

  ImagePlan(ImageWish wish, Members<DockerSeen> members) {
    this.wish = wish;
    this.members = members;
    this.seen = members.observed();
    this.changes = new ImageChanges(wish);
  }

  /** The verdict. */
  ClusterDecision<DockerSeen> decide() {
    for (var e : seen.entrySet()) {
      Daemon daemon = e.getValue().daemon();
      if (!daemon.answers()) {
        String message = on(e.getKey()) + daemon.message();
        return daemon.forbidden()
            ? new ClusterDecision.Impossible<>(message)
            : new ClusterDecision.Blocked<>(daemon.missing(), message);
      }
    }
    return switch (wish.state()) {
      case ABSENT -> absent();
      case PRESENT ->
          switch (wish.origin()) {
            case ImageWish.Load load -> load(load);
            case ImageWish.Build build -> build(build.tree());
            case ImageWish.Local local -> local();
          };
    };
  }

  /** Which member is meant, where there are several. */
  private String on(String member) {
    return members.names().size() > 1 ? member + ": " : "";
  }

  private ClusterDecision<DockerSeen> decided(
      List<SequencedMap<String, List<Change<Members<DockerSeen>>>>> stages) {
    var things = new ArrayList<Thing>(Daemon.things());
    wish.names().forEach(n -> things.add(n.thing()));
    return new ClusterDecision.Decided<>(
        stages.stream().filter(s -> !s.isEmpty()).map(s -> new Stage<>(s)).toList(), things);
  }

  private boolean right(DockerSeen there, Predicate<ImageInfo> image) {
    return wish.names().stream().allMatch(n -> there.image(n).filter(image).isPresent());
  }

  private static <T> SequencedMap<String, List<T>> stage() {
    return new LinkedHashMap<>();
  }

  private ClusterDecision<DockerSeen> load(ImageWish.Load load) {
    SequencedMap<String, List<Change<Members<DockerSeen>>>> stage = stage();
    seen.forEach((member, there) -> {
      if (right(there, load.image()::is)) {
        tidy(stage, member, there);
        return;
      }
      Optional<ImageInfo> image = there.images().stream().filter(load.image()::is).findFirst();
      if (image.isEmpty()) {
        stage.put(member, List.of(changes.load(member, there, load)));
      } else {
        stage.put(member, List.of(changes.tag(member, there, image.get(), load.image()::is)));
        tidy(stage, member, there);
      }
    });
    return decided(List.of(stage));
  }

  /** Whatever else is done on a member that gets no archive now, an old one does not stay there. */
  private void tidy(
      SequencedMap<String, List<Change<Members<DockerSeen>>>> stage,
      String member,
      DockerSeen there) {
    if (wish.isLeftOn(there)) {
      var all = new ArrayList<>(stage.getOrDefault(member, List.of()));
      all.add(changes.clear(member, there));
      stage.put(member, List.copyOf(all));
    }
  }

  /** Members with an image that is right by its name, and its id. */
  private SequencedMap<String, String> holders(Predicate<ImageInfo> image) {
    SequencedMap<String, String> ids = new LinkedHashMap<>();
    seen.forEach((member, there) ->
        there.image(wish.name()).filter(image).ifPresent(i -> ids.put(member, i.id())));
    return ids;
  }

  /** Others get the image of one member, or its names where it is there already. */
  private SequencedMap<String, List<Change<Members<DockerSeen>>>> spread(String from, String id) {
    SequencedMap<String, List<Change<Members<DockerSeen>>>> stage = stage();
    Predicate<ImageInfo> same = i -> i.id().equals(id);
    seen.forEach((member, there) -> {
      Optional<ImageInfo> image = there.images().stream().filter(same).findFirst();
      if (right(there, same)) {
        tidy(stage, member, there);
      } else if (image.isEmpty()) {
        stage.put(member, List.of(changes.copy(member, there, from, Optional.of(id))));
      } else {
        stage.put(member, List.of(changes.tag(member, there, image.get(), same)));
        tidy(stage, member, there);
      }
    });
    return stage;
  }

  private ClusterDecision<DockerSeen> build(BuildTree tree) {
    SequencedMap<String, String> holders = holders(tree::made);
    if (!holders.isEmpty()) {
      String id = mostFrequent(holders);
      String from =
          holders.entrySet().stream()
              .filter(e -> e.getValue().equals(id))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElseThrow();
      return decided(List.of(spread(from, id)));
    }
    if (!members.complete()) {
      return new ClusterDecision.Refused<>(
          "the image %s may have been built on a member that cannot be observed, and a second build has another id: %s"
              .formatted(wish.name(), members.unseen()));
    }
    Optional<String> builder = members.acting(s -> true).stream().findFirst();
    if (builder.isEmpty()) {
      return new ClusterDecision.Refused<>("no member may build the image " + wish.name());
    }
    SequencedMap<String, List<Change<Members<DockerSeen>>>> first = stage();
    SequencedMap<String, List<Change<Members<DockerSeen>>>> others = stage();
    seen.forEach((member, there) -> {
      if (member.equals(builder.get())) {
        first.put(member, List.of(changes.build(member, there, tree)));
      } else {
        others.put(member, List.of(changes.copy(member, there, builder.get(), Optional.empty())));
      }
    });
    return decided(List.of(first, others));
  }

  /** Equal ids on most members win, then those of the first member. */
  private static String mostFrequent(SequencedMap<String, String> ids) {
    Map<String, Long> counts =
        ids.values().stream()
            .collect(Collectors.groupingBy(i -> i, LinkedHashMap::new, Collectors.counting()));
    long most = counts.values().stream().mapToLong(n -> n).max().orElse(0);
    return counts.entrySet().stream()
        .filter(e -> e.getValue() == most)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  private ClusterDecision<DockerSeen> local() {
    SequencedMap<String, String> holders = holders(i -> true);
    if (holders.isEmpty()) {
      return new ClusterDecision.Blocked<>(
          wish.name().thing(),
          "there is no image %s%s; give 'load_path' or 'path' to bring one"
              .formatted(wish.name(), members.names().size() > 1 ? " on any member" : ""));
    }
    if (holders.values().stream().distinct().count() > 1) {
      return new ClusterDecision.Impossible<>(
          "the members have different images called %s, and nothing says which is right: %s"
              .formatted(
                  wish.name(),
                  holders.entrySet().stream()
                      .map(e -> e.getKey() + " " + ImageName.shorten(e.getValue()))
                      .collect(Collectors.joining(", "))));
    }
    var holder = holders.firstEntry();
    return decided(List.of(spread(holder.getKey(), holder.getValue())));
  }

  private ClusterDecision<DockerSeen> absent() {
    SequencedMap<String, List<Change<Members<DockerSeen>>>> stage = stage();
    for (var e : seen.entrySet()) {
      DockerSeen there = e.getValue();
      if (wish.names().stream().allMatch(n -> there.image(n).isEmpty())) {
        tidy(stage, e.getKey(), there);
        continue;
      }
      Optional<String> refusal = inUse(there);
      if (refusal.isPresent()) {
        return new ClusterDecision.Refused<>(on(e.getKey()) + refusal.get());
      }
      stage.put(e.getKey(), List.of(changes.remove(e.getKey(), there)));
      tidy(stage, e.getKey(), there);
    }
    return decided(List.of(stage));
  }

  /** Who needs an image that would lose its last name, or a name that the cluster starts from. */
  private Optional<String> inUse(DockerSeen there) {
    for (ImageName name : wish.names()) {
      Optional<ImageInfo> image = there.image(name);
      Optional<ClusterContainers.Claim> claim = there.cluster().image(name);
      if (image.isPresent() && claim.isPresent()) {
        return Optional.of(
            "the cluster's resource %s starts containers from the image %s"
                .formatted(claim.get().resource(), name));
      }
      boolean last =
          image.isPresent()
              && image.get().names().stream()
                  .filter(n -> !n.contains("@"))
                  .allMatch(n -> wish.names().contains(new ImageName(n)));
      Optional<DockerSeen.User> user =
          there.users().stream()
              .filter(u -> last && u.image().equals(image.get().id()))
              .filter(u -> u.running() || !wish.force())
              .findFirst();
      if (user.isPresent()) {
        return user.map(u ->
            u.running()
                ? "the container %s runs from the image %s".formatted(u.container(), name)
                : "the container %s was made of the image %s; 'force: true' removes the image's name all the same"
                    .formatted(u.container(), name));
      }
    }
    return Optional.empty();
  }
}
