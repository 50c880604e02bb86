package dev.hactl.modules.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hactl.engine.module.Answer;
import dev.hactl.engine.module.LocalShell;
import dev.hactl.engine.module.UnreadableAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The look at docker, by a docker that says what the real one (20.10) said. */
class DockerSeenTest {
  private static final DockerQuestion ONE =
      new DockerQuestion(
          List.of("main", "web:1.0"), true, List.of("/etc/passwd", "/no/such"), false);
  private static final DockerQuestion TWO =
      new DockerQuestion(List.of("other", "it's"), false, List.of(), false);

  @TempDir Path folder;

  private DockerSeen look(LocalShell shell, String docker) throws IOException {
    Path program = folder.resolve("docker");
    Files.writeString(program, "#!/bin/sh\n" + docker);
    assertTrue(program.toFile().setExecutable(true));
    List<DockerQuestion> questions = List.of(ONE, TWO);
    String script = DockerCollector.INSTANCE.script(questions, "nonce");
    LocalShell.Result result = shell.run("PATH=" + folder + ":$PATH\n" + script);
    List<Answer> answers =
        DockerCollector.INSTANCE.split(
            questions, "nonce", result.out().getBytes(StandardCharsets.UTF_8));
    assertEquals(answers.get(0), answers.get(1));
    return DockerSeen.probe(ONE).parser().apply(answers.getFirst());
  }

  @ParameterizedTest
  @EnumSource
  void whatIsThereIsRead(LocalShell shell) throws IOException {
    DockerSeen seen =
        look(
            shell,
            """
            case $1 in
              inspect) [ "$*" = "inspect -- main web:1.0 other it's" ] || exit 1
            echo 'Error: No such object: other' >&2
            cat <<'X'
            [{"Id":"c1","Name":"/main","Path":"/busybox","Args":["sleep","ü"],"Image":"sha256:a",
              "State":{"Status":"running","StartedAt":"t"},"Mounts":[],
              "HostConfig":{"Binds":null,"PortBindings":{"80/tcp":[{"HostIp":"","HostPort":"8080"}]},
                "RestartPolicy":{"Name":"","MaximumRetryCount":0},"NetworkMode":"default","Memory":5},
              "Config":{"Image":"web:1.0","Env":["A=b=c"],"Labels":null}},
             {"Id":"sha256:a","RepoTags":["web:1.0"],"RepoDigests":[],"RootFS":{"Layers":["l"]},
              "Config":{"Env":null,"Labels":{"x":"y"}}},
             {"Name":"a network","Scope":"local"}]
            X
            exit 1 ;;
              ps) echo 1 2 ;;
            esac
            """);
    assertTrue(seen.daemon().answers(), seen.daemon().problem());
    ContainerInfo main = seen.container("main").orElseThrow();
    assertEquals(List.of("/busybox", "sleep", "ü"), main.argv());
    assertEquals(List.of("8080:80/tcp"), main.host().ports());
    assertEquals("no", main.host().restart());
    assertEquals(Optional.of("sha256:a"), seen.image(new ImageName("web:1.0")).map(ImageInfo::id));
    assertTrue(seen.paths().contains("/etc/passwd"));
    assertFalse(seen.paths().contains("/no/such"));
    assertTrue(seen.cluster().all().isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void aDaemonThatDoesNotAnswerIsTold(LocalShell shell) throws IOException {
    String says = "Cannot connect to the Docker daemon at unix:///var/run/docker.sock.";
    DockerSeen seen = look(shell, "[ $1 = ps ] || echo '[]'\necho '" + says + "' >&2\nexit 1\n");
    assertFalse(seen.daemon().answers());
    assertEquals("the Docker daemon does not run: " + says, seen.daemon().message());
  }

  @ParameterizedTest
  @EnumSource
  void whatCannotBeReadIsNotShown(LocalShell shell) {
    UnreadableAnswer error =
        assertThrows(UnreadableAnswer.class, () -> look(shell, "echo '[{\"PASSWORD\": hush'\n"));
    assertFalse(String.valueOf(error.getMessage()).contains("hush"));
  }
}
