package dev.hactl.modules.cib;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Tasks on a cluster of one node that all tests of a class share; each finds it empty. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnOneNode {
  ClusterRuns runs;
  OneNodeCluster cluster;

  @BeforeAll
  void start(@TempDir Path dir) throws Exception {
    runs = ClusterRuns.start(dir);
    cluster = runs.cluster();
  }

  @AfterAll
  void stop() {
    runs.close();
  }

  @BeforeEach
  void empty() {
    cluster.empty();
  }
}
