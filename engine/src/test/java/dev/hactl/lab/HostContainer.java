package dev.hactl.lab;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** A container that runs systemd, with the same options as the hosts of {@code lab/up}. */
final class HostContainer {
  private HostContainer() {}

  static GenericContainer<?> of(
      Preparation prepared, HostKind kind, String name, String publicKey) {
    String[] label = prepared.value("label").split("=", 2);
    return new GenericContainer<>(DockerImageName.parse(prepared.value("image")))
        .withLabel(label[0], label[1])
        .withNetworkMode(prepared.value("network"))
        .withEnv("container", "docker")
        .withTmpFs(Map.of("/run", "rw", "/tmp", "rw,exec,mode=1777"))
        .withCopyToContainer(Transferable.of(publicKey, 0644), "/etc/ssh/lab_authorized_keys")
        .withCreateContainerCmdModifier(command -> {
          command.withHostName(kind.label() + "-" + name).withExposedPorts(ExposedPort.tcp(22));
          confine(command.getHostConfig(), prepared.value("cgroup"));
        })
        .waitingFor(
            Wait.forSuccessfulCommand("systemctl is-active -q ssh")
                .withStartupTimeout(Duration.ofSeconds(60)));
  }

  private static void confine(HostConfig host, String cgroup) {
    host.withCapAdd(Capability.ALL)
        .withCapDrop(Capability.SYS_RESOURCE)
        .withSecurityOpts(List.of("seccomp=unconfined", "apparmor=unconfined"))
        .withCgroupnsMode("host")
        .withDns("127.0.0.1")
        .withBinds(Bind.parse(cgroup + ":" + cgroup + ":rw"))
        .withPortBindings(new PortBinding(Ports.Binding.bindIp("127.0.0.1"), ExposedPort.tcp(22)));
  }
}
