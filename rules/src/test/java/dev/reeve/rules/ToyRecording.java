package dev.reeve.rules;

import dev.reeve.model.Device;
import dev.reeve.model.Extent;
import dev.reeve.model.Holding;
import dev.reeve.model.Incarnation;
import dev.reeve.model.Observation;
import dev.reeve.model.Protection;
import dev.reeve.model.Sample;
import dev.reeve.model.Signal;
import dev.reeve.model.SubjectId;
import dev.reeve.model.WorkloadId;
import dev.reeve.model.WorkloadKind;
import dev.reeve.model.WorkloadSighting;
import dev.reeve.spi.History;
import dev.reeve.spi.HistoryProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads just what tests here say: engine and utilization of one GPU of one training. The real
 * reader belongs to a module that this one does not know.
 */
public final class ToyRecording implements HistoryProvider {
  private static final Pattern LINE =
      Pattern.compile("gpu_(engine_active|utilization)\\{.*} (\\S+) (\\d+)\\.(\\d{3})");
  private static final SubjectId GPU = SubjectId.gpu("G");

  /** Called by the service loader. */
  public ToyRecording() {}

  @Override
  public String form() {
    return "a toy";
  }

  @Override
  public boolean reads(String source) {
    return true;
  }

  @Override
  public History open(Request request) throws History.HistoryException {
    SortedMap<Long, List<Sample>> instants = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(Path.of(request.source()))) {
        Matcher of = LINE.matcher(line);
        if (of.matches()) {
          long nanos = Long.parseLong(of.group(3) + of.group(4)) * 1_000_000;
          Signal signal =
              of.group(1).equals("utilization") ? Signal.GPU_UTILIZATION : Signal.GPU_ENGINE_ACTIVE;
          instants
              .computeIfAbsent(nanos, _ -> new ArrayList<>())
              .add(new Sample(GPU, signal, Double.parseDouble(of.group(2))));
        }
      }
    } catch (IOException failure) {
      throw new History.HistoryException(String.valueOf(failure.getMessage()), failure);
    }
    return new Instants(instants);
  }

  private static final class Instants implements History {
    private final Iterator<Map.Entry<Long, List<Sample>>> left;

    Instants(SortedMap<Long, List<Sample>> instants) {
      this.left = instants.entrySet().iterator();
    }

    @Override
    public Optional<Heard> next() {
      if (!left.hasNext()) {
        return Optional.empty();
      }
      Map.Entry<Long, List<Sample>> one = left.next();
      WorkloadSighting workload =
          new WorkloadSighting(
              new WorkloadId("k8s", "", "a", "Job", "x"),
              Incarnation.of("uid", List.of("pod")),
              WorkloadKind.TRAINING,
              "ann",
              "",
              Extent.of(List.of(GPU)),
              Protection.none(),
              Optional.empty(),
              "");
      return Optional.of(
          new Heard.Answer(
              new Observation(
                  "toy",
                  one.getKey(),
                  Duration.ofSeconds(30),
                  one.getValue(),
                  List.of(new Device(GPU, "NVIDIA H100 80GB HBM3", "0", "n", "", 80L << 30)),
                  List.of(new Holding(GPU, new Holding.HeldBy(List.of(workload.subject())))),
                  List.of(workload),
                  List.of(),
                  List.of(),
                  List.of(),
                  new TreeMap<>())));
    }

    @Override
    public List<String> notes() {
      return List.of();
    }
  }
}
