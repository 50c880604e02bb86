package dev.hactl.modules.contract;

import dev.hactl.lab.LoopbackHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Docker daemon of its own, in the namespaces of a throw-away host and without a network: its
 * images, by name.
 */
final class DockerHost implements ContractHost {
  private static final String SPY = "/run/contract-spy-programs";

  /** What a started daemon needs, and nothing of it outside of the host. */
  private static final String DAEMON =
      """
      mount -t tmpfs lab /var/lib/hactl
      mkdir /run/docker-data
      unshare --net dockerd --data-root /run/docker-data --exec-root /run/docker \
        --pidfile /run/docker.pid --host unix:///run/docker.sock --bridge=none --iptables=false \
        --ip6tables=false --storage-driver=vfs > /run/dockerd.log 2>&1 &
      n=0
      until docker version > /dev/null 2>&1; do
        n=$((n + 1))
        [ "$n" -lt 600 ] || { cat /run/dockerd.log; exit 1; }
        sleep 0.1
      done
      """;

  private final LoopbackHost lab;
  private final RootShell shell;
  private final Spy spy;

  private DockerHost(LoopbackHost lab, RootShell shell, Spy spy) {
    this.lab = lab;
    this.shell = shell;
    this.spy = spy;
  }

  /** Starts it. */
  static DockerHost start() throws IOException {
    Files.createDirectories(Path.of("/var/lib/hactl"));
    LoopbackHost lab =
        LoopbackHost.builder()
            .program("/usr/sbin/dockerd", "docker.io")
            .sshd(Spy.path(SPY))
            .setup(DAEMON)
            .start();
    var shell = new RootShell("docker", lab.inside("/bin/sh"));
    return new DockerHost(lab, shell, Spy.on(shell::sh, SPY));
  }

  @Override
  public String inventory() {
    return "pair:\n  cluster: pair\n  hosts:\n" + lab.inventory("docker").indent(4);
  }

  @Override
  public Spy spy() {
    return spy;
  }

  /** Before and after each thing that a step does. */
  @Override
  public Cuts cuts() {
    return Cuts.each("docker load", "docker tag", "docker build", "docker rmi", "rm -f");
  }

  @Override
  public RootShell.Result run(String text) {
    return shell.run(text);
  }

  @Override
  public Fingerprint look() {
    var facts = new TreeMap<String, String>();
    images("{{.Id}}").forEach((name, id) -> facts.put("image " + name, id + "\t"));
    files().forEach((path, line) -> facts.put("file " + path, line + "\t"));
    return new Fingerprint(facts);
  }

  /** What hactl keeps beside the images; nothing of it may stay. */
  private Map<String, String> files() {
    var files = new TreeMap<String, String>();
    shell
        .sh("find /var/lib/hactl/images -type f -printf '%p\\t%m %s\\n' 2> /dev/null || :")
        .lines()
        .forEach(line -> files.put(line.replaceFirst("\t.*", ""), line.replaceFirst(".*\t", "")));
    return files;
  }

  /** An image that is built again has another id, and the same content. */
  @Override
  public Map<String, String> state() {
    var state = new TreeMap<>(images("{{json .Config}} {{len .RootFS.Layers}} {{.Size}}"));
    state.putAll(files());
    return state;
  }

  private Map<String, String> images(String format) {
    spy.settle();
    var images = new TreeMap<String, String>();
    shell
        .sh(
            "for n in $(docker images --format '{{.Repository}}:{{.Tag}}' | grep -v '<none>'); do\n"
                + "echo \"$n $(docker image inspect -f '%s' \"$n\")\"; done".formatted(format))
        .lines()
        .forEach(line -> images.put(line.split(" ", 2)[0], line.split(" ", 2)[1]));
    return images;
  }

  @Override
  public boolean seesAll() {
    return false;
  }

  @Override
  public void restore() {
    spy.settle();
    // A build that was cut off may go on for a moment.
    shell.sh(
        """
        rm -rf /var/lib/hactl/*
        n=0
        until docker container prune -f > /dev/null && docker image prune -af > /dev/null &&
          [ -z "$(docker images -aq; docker ps -aq)" ]; do
          n=$((n + 1)); [ "$n" -lt 50 ] || exit 1
          sleep 0.2
        done
        """);
  }

  @Override
  public List<String> notes() {
    return List.of("/run/hactl", "/var/lib/hactl");
  }

  @Override
  public void close() {
    shell.close();
    lab.close();
  }
}
