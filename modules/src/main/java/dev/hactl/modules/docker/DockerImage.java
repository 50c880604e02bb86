package dev.hactl.modules.docker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.ClusterDecision;
import dev.hactl.engine.module.ClusterModule;
import dev.hactl.engine.module.Content;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Members;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.module.SourceName;
import dev.hactl.engine.module.Type;
import dev.hactl.engine.module.Types;
import dev.hactl.engine.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** An image, the same on all members of a cluster. */
@HactlModule("docker_image")
public final class DockerImage implements ClusterModule<ImageWish, DockerSeen> {

  private static final String DESCRIPTION =
      """
      An image is told by its id, the digest of its configuration, not by its name. On a host that \
      belongs to a cluster of the inventory all members get the same image with the same id; a \
      host in none is looked at alone. Nothing is fetched from a registry.

      'load_path' is an archive on the controller as 'docker save' writes it, compressed with gzip \
      or not, or an OCI layout. Its id is read from it, and it is sent only to members that do not \
      have this image. The names in the archive come with it.

      'path' is a folder on the controller with a Dockerfile. It is built on one member, with \
      'dev.hactl.tree', a hash of all files and arguments, as a label; the other members get what \
      that one built, by way of the controller, because a second build would have another id. A \
      member that was installed anew gets it from the others in the same way. It is built anew when \
      the hash changes, not when the image that its FROM names has moved. Links in the folder are \
      followed, and .dockerignore is heeded. It is not built while a member cannot be observed.

      With neither, the image must be on one member, and goes from there to those without it.

      A name that stands for another image is moved; that other one stays without a name, and so do \
      containers that were made of it. 'state: absent' takes names away, and the image with its last \
      one. Refused, with the fact: taking the last name from an image that a container runs from, or \
      a stopped one was made of (see 'force'), or a name from which a resource of Pacemaker starts. \
      Sources: docker-load(1), docker-build(1), the OCI image specification.\
      """;

  @Override
  public Manual manual() {
    return new Manual(
        "Manage an image of Docker, the same on all members of a cluster",
        DESCRIPTION,
        Manual.Kind.STATE,
        Manual.Scope.CLUSTER,
        Manual.LabLevel.MACHINE,
        List.of(
            Example.of(
                "An image from an archive, with a second name",
                """
                - docker_image:
                    name: web:1.0
                    source: load
                    load_path: web.tar
                    tags: [web:stable]
                """),
            Example.of(
                "An image built from a folder",
                """
                - docker_image:
                    name: site
                    tag: '7'
                    source: build
                    path: site/
                    args: {GREETING: hello}
                """),
            Example.of(
                "An image that is no longer needed",
                """
                - docker_image:
                    name: web:0.9
                    state: absent
                """)),
        List.of(
            new Return("name", "what the image is called"),
            new Return("id", "its id, where all members that were observed have the same"),
            new Return("ids", "its id on each member")));
  }

  private enum Source {
    LOAD,
    BUILD,
    LOCAL
  }

  private static final Type.Plain<List<ImageName>> NAMES =
      Types.NAMES.map(
          "list of names of images",
          texts -> texts.stream().map(t -> ImageName.tagged(t, "latest")).toList());

  private static final Type.Plain<SequencedMap<String, String>> ARGS =
      Types.DICT
          .map(
              "mapping of arguments",
              given -> {
                SequencedMap<String, String> args = new LinkedHashMap<>();
                given.forEach((name, value) -> {
                  if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                    throw new BadValue("'" + name + "' cannot be the name of an argument");
                  }
                  args.put(name, Types.TEXT.convert().apply(value));
                });
                return args;
              })
          .openly();

  private static final Type.Plain<String> INSIDE =
      Types.NAME.map(
          "path in the folder",
          text -> {
            if (text.startsWith("/")
                || text.isEmpty()
                || List.of(text.split("/", -1)).contains("..")) {
              throw new BadValue("'" + text + "' is no path inside the folder");
            }
            return text.startsWith("./") ? text.substring(2) : text;
          });

  @Override
  public Form<ImageWish> form() {
    var form = Form.builder().atMostOne("load_path", "path");
    var name = form.required("name", Types.NAME, "What it is called, with or without a tag.");
    var tag =
        form.optional("tag", Types.NAME, "The tag, where the name has none; latest by default.");
    var tags = form.optional("tags", NAMES, "Further names for the same image.", "repository");
    var source =
        form.optional(
            "source",
            Types.oneOf(Source.class),
            "Where it comes from; told by 'load_path' and 'path' where it is left out.");
    var loadPath =
        form.optional("load_path", Types.LOCAL_FILE, "The archive on the controller.", "archive");
    var path =
        form.optional(
            "path", Types.SOURCE, "The folder on the controller to build from.", "build_path");
    var dockerfile =
        form.optional(
            "dockerfile", INSIDE, "The file with the instructions; Dockerfile by default.");
    var args =
        form.optional(
            "args",
            ARGS,
            "Values for ARG instructions. They stay readable in the image's history: no secrets.",
            "buildargs");
    var target = form.optional("target", Types.NAME, "The stage at which the build ends.");
    var network = form.optional("network", Types.NAME, "The network of RUN instructions.");
    var state =
        form.optional(
            "state",
            Types.oneOf(ImageWish.State.class),
            ImageWish.State.PRESENT,
            "Whether it is there.");
    var force =
        form.optional(
            "force",
            Types.BOOL,
            false,
            "With 'state: absent': although stopped containers were made of it.",
            "force_absent");
    return form.into(a -> {
      var names = new ArrayList<ImageName>();
      names.add(ImageName.tagged(a.get(name), a.get(tag).orElse("latest")));
      a.get(tags).orElse(List.of()).stream().filter(n -> !names.contains(n)).forEach(names::add);
      boolean builds = a.get(path).isPresent();
      agree(a.get(source), a.get(loadPath).isPresent(), builds);
      if (!builds
          && (a.get(dockerfile).isPresent()
              || a.get(args).isPresent()
              || a.get(target).isPresent()
              || a.get(network).isPresent())) {
        throw new BadValue(
            "dockerfile, args, target and network are about a build: give its 'path'");
      }
      if (a.get(force) && a.get(state) == ImageWish.State.PRESENT) {
        throw new BadValue("force is about 'state: absent'");
      }
      ImageWish.Origin origin =
          a.get(loadPath)
              .<ImageWish.Origin>map(content -> loaded(content, names.getFirst()))
              .or(() ->
                  a.get(path)
                      .map(p ->
                          built(
                              p,
                              new BuildTree.Recipe(
                                  a.get(dockerfile).orElse("Dockerfile"),
                                  a.get(args).orElseGet(LinkedHashMap::new),
                                  a.get(target),
                                  a.get(network)))))
              .orElseGet(ImageWish.Local::new);
      return new ImageWish(names, origin, a.get(state), a.get(force));
    });
  }

  private static void agree(Optional<Source> source, boolean loads, boolean builds) {
    source.ifPresent(s -> {
      switch (s) {
        case LOAD -> require(loads, "source: load needs 'load_path'");
        case BUILD -> require(builds, "source: build needs 'path'");
        case LOCAL ->
            require(!loads && !builds, "source: local takes neither 'load_path' nor 'path'");
      }
    });
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new BadValue(message);
    }
  }

  private static ImageWish.Origin loaded(Content content, ImageName name) {
    return new ImageWish.Load(
        content, Archive.choose(Archive.images(content), name, content.source()));
  }

  private static ImageWish.Origin built(SourceName path, BuildTree.Recipe recipe) {
    return new ImageWish.Build(BuildTree.of(path.here().get(), path.text(), recipe));
  }

  @Override
  public boolean takesLoneHosts() {
    return true;
  }

  @Override
  public Probe<DockerSeen> probe(ImageWish wish) {
    return DockerSeen.probe(wish.question());
  }

  @Override
  public ClusterDecision<DockerSeen> plan(ImageWish wish, Members<DockerSeen> seen) {
    return new ImagePlan(wish, seen).decide();
  }

  @Override
  public Value.Dict result(ImageWish wish, Members<DockerSeen> seen) {
    SequencedMap<String, Value> ids = new LinkedHashMap<>();
    seen.observed()
        .forEach((member, there) ->
            there.image(wish.name()).ifPresent(i -> ids.put(member, Value.text(i.id()))));
    SequencedMap<String, Value> fields = new LinkedHashMap<>();
    fields.put("name", Value.text(wish.name().text()));
    if (ids.values().stream().distinct().count() == 1) {
      fields.put("id", ids.firstEntry().getValue());
    }
    fields.put("ids", new Value.Dict(ids));
    return new Value.Dict(fields);
  }
}
