package dev.reeve.daemon;

import dev.reeve.json.Json;
import dev.reeve.json.JsonValue;
import dev.reeve.loop.Cycle;
import dev.reeve.loop.Judgement;
import dev.reeve.model.Episode;
import dev.reeve.model.Subject;
import dev.reeve.model.SubjectId;
import java.time.Duration;
import java.util.List;

/** Why a subject was judged as it was, now or at an instant that is past. */
public final class Explained {
  private Explained() {}

  /** Whether people may mean it by these words. */
  public static boolean called(SubjectId id, String words) {
    return id.toString().contains(words) || Shapes.name(id).contains(words);
  }

  /**
   * @param judgements what each rule answers for it
   */
  public static JsonValue of(Cycle cycle, Subject subject, List<Judgement> judgements) {
    return Json.object()
        .put("subject", Shapes.name(subject))
        .put("incarnation", subject.incarnation())
        .put("cost", Shapes.cost(subject.cost()))
        .put(
            "rules",
            Json.array(judgements.stream().map(judgement -> rule(cycle, judgement)).toList()))
        .build();
  }

  private static JsonValue rule(Cycle cycle, Judgement judgement) {
    var json =
        Json.object()
            .put("rule", judgement.rule().id())
            .put("title", judgement.rule().title())
            .put("why", judgement.rule().why())
            .put("truth", Shapes.truth(judgement.truth()))
            .put(
                "evidence",
                Json.array(judgement.finding().evidence().stream().map(Shapes::evidence).toList()));
    for (Episode episode : cycle.episodes()) {
      if (episode.rule().equals(judgement.rule().id())
          && episode.subject().equals(judgement.subject())) {
        json.put("episode", episode.id())
            .put("state", episode.state().text())
            .put("notice_seconds", Duration.ofNanos(episode.noticeNanos()).toSeconds())
            .put("note", episode.note());
        break;
      }
    }
    return json.build();
  }
}
