package dev.hactl.modules.docker;

import dev.hactl.engine.module.BadValue;
import dev.hactl.engine.module.Decision;
import dev.hactl.engine.module.Diagnosis;
import dev.hactl.engine.module.Form;
import dev.hactl.engine.module.HactlModule;
import dev.hactl.engine.module.HostModule;
import dev.hactl.engine.module.Manual;
import dev.hactl.engine.module.Manual.Example;
import dev.hactl.engine.module.Manual.Return;
import dev.hactl.engine.module.Probe;
import dev.hactl.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.Optional;

/** A container that docker itself keeps. */
@HactlModule("docker_container")
public final class DockerContainer implements HostModule<ContainerWish, DockerSeen> {

  private static final String DESCRIPTION =
      """
      What is given is compared as a whole with what 'docker inspect' tells: variables and labels \
      together with those of the image, so that one that is no longer wanted goes too. What is left \
      out is left to docker and the image, and not compared. A container that differs, or whose \
      image's name has moved to another image, is replaced: the new one is made first, so that what \
      docker refuses leaves the old one running; then the old one is stopped and removed. Its \
      volumes without a name go over; what it wrote elsewhere is lost. Limits of memory and the \
      restart policy change without a stop. Stopping, replacing and restarting a running container \
      is disruptive and needs consent.

      'started' means that it still runs after some seconds. 'restart' and 'recreate' act each \
      time. Variables reach docker by a file that no process list shows; their values are shown in \
      differences only where the playbook gives the variable a value that is no secret.

      Refused, with the fact: a container that a resource of Pacemaker starts (ocf:heartbeat:docker \
      or a bundle), whatever is wanted of it. A container that shares folders of the host is not \
      made while one of these is missing, because docker would make an empty folder of it, for \
      example where a file system is not mounted. \
      Sources: docker-create(1), docker-update(1), ocf_heartbeat_docker(7).\
      """;

  @Override
  public Manual manual() {
    return Manual.state(
            "Manage a container of Docker",
            DESCRIPTION,
            Example.of(
                "A web server with a folder of the host",
                """
                - docker_container:
                    name: web
                    image: web:1.0
                    command: [httpd, -f, -p, '80', -h, /srv]
                    volumes: /srv/www:/srv:ro
                    ports: '8080:80'
                    restart_policy: unless-stopped
                    memory: 64M
                """),
            Example.of(
                "Started anew by a handler",
                """
                - docker_container:
                    name: web
                    state: started
                    restart: true
                  allow: disruptive
                """),
            Example.of(
                "A container that is no longer needed",
                """
                - docker_container:
                    name: old
                    state: absent
                """))
        .testedOn(Manual.LabLevel.MACHINE)
        .returning(
            new Return("id", "the container's id"),
            new Return("image", "the id of the image it was made of"),
            new Return("status", "what it is doing: created, running, paused, restarting, exited"),
            new Return("running", "whether it runs"),
            new Return("exit_code", "how it last ended"));
  }

  @Override
  public Form<ContainerWish> form() {
    return ContainerForm.make();
  }

  @Override
  public Probe<DockerSeen> probe(ContainerWish wish) {
    return DockerSeen.probe(wish.question());
  }

  @Override
  public Decision<DockerSeen> plan(ContainerWish wish, DockerSeen seen) {
    return new ContainerPlan(wish, seen).decide();
  }

  @Override
  public Optional<Diagnosis> diagnose(ContainerWish wish, DockerSeen seen) {
    return seen.container(wish.name())
        .filter(c -> !c.status().running())
        .map(c -> {
          ContainerInfo.Status status = c.status();
          String why =
              status.outOfMemory()
                  ? "the kernel ended it, out of memory"
                  : status.error().isEmpty() ? "exit status " + status.exit() : status.error();
          return new Diagnosis(
              "the container %s is %s (%s); 'docker logs %s' tells more"
                  .formatted(wish.name(), status.word(), why, wish.name()),
              status.word().equals("exited") || status.word().equals("dead"));
        });
  }

  @Override
  public Value.Dict result(ContainerWish wish, DockerSeen seen) {
    var fields = new LinkedHashMap<String, Value>();
    seen.container(wish.name())
        .ifPresent(c -> {
          fields.put("id", Value.text(c.id()));
          fields.put("image", Value.text(c.image()));
          fields.put("status", Value.text(c.status().word()));
          fields.put("running", Value.bool(c.status().running()));
          fields.put("exit_code", Value.number(c.status().exit()));
        });
    return new Value.Dict(fields);
  }

  /** Throws unless the name is one that docker takes. */
  static String named(String name) {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,240}")) {
      throw new BadValue("'" + name + "' is no name of a container");
    }
    return name;
  }
}
