package io.fleetcompat.query.replica;

import io.fleetcompat.compatibility.judge.InconclusiveAnswer;
import io.fleetcompat.compatibility.profile.ProbePair;
import java.util.Optional;

/** Changes to the asking of drivers on the way from one view to the next. One thread. */
final class ProbeEdit {

  private ProbeImage base;
  private final Chunks.Editor<InconclusiveAnswer> inconclusive;
  private final AskableClassesEdit askable;

  ProbeEdit(ProbeImage base) {
    this.base = base;
    inconclusive = base.inconclusive().edit();
    askable = new AskableClassesEdit(base.askable());
  }

  /** The classes that can be asked. */
  AskableClassesEdit askable() {
    return askable;
  }

  /** The last host that was asked in vain since the last answer to a question. */
  void setInconclusive(ProbePair pair, Optional<InconclusiveAnswer> last) {
    int place = last.isPresent() ? base.ids().add(pair) : base.ids().find(pair);
    if (place >= 0 && !last.equals(Optional.ofNullable(inconclusive.get(place)))) {
      inconclusive.set(place, last.orElse(null));
    }
  }

  /** All of it after everything so far; the same object where nothing was changed. */
  ProbeImage build() {
    ProbeImage next = new ProbeImage(base.ids(), inconclusive.build(), askable.build());
    base = next.equals(base) ? base : next;
    return base;
  }
}
