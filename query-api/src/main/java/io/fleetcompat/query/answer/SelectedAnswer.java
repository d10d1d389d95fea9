package io.fleetcompat.query.answer;

import io.fleetcompat.query.json.JsonBytes;
import io.fleetcompat.query.whatif.Selected;

/** The hosts that a change is about, as answers have them. */
final class SelectedAnswer {

  private SelectedAnswer() {}

  static void write(JsonBytes json, Selected selected) {
    AuditAnswer.write(json.name("selected"), selected.hosts());
    json.name("silent").number(selected.silent());
    json.name("withoutPool").number(selected.withoutPool());
    json.name("judged").number(selected.judged());
  }
}
