package io.fleetcompat.indexer.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.profile.ProbePair;
import io.fleetcompat.compatibility.profile.ProbeSide;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProbeScheduleTest {

  private static final ProbeSide ONE = Sides.of("v1");
  private static final ProbeSide TWO = Sides.of("v2");
  private static final long HOUR = 3_600_000;

  private final ProbeSchedule schedule = new ProbeSchedule(ProbeLimits.DEFAULT, 0);
  private long now;

  private void prober(String host, ProbeSide... sides) {
    TreeMap<io.fleetcompat.compatibility.profile.Fingerprint, String> endpoints = new TreeMap<>();
    for (ProbeSide side : sides) {
      endpoints.put(side.destination(), "p/t");
    }
    schedule.setProber(host, endpoints, now);
  }

  /** All questions of a time, each given to whoever it is for. */
  private List<Question> during(long millis) {
    List<Question> all = new ArrayList<>();
    for (long end = now + millis; now < end; now += 100) {
      all.addAll(schedule.next(now).questions());
    }
    return all;
  }

  private boolean answer(Question question, boolean conclusive) {
    return schedule.take(question.pair(), question.host(), question.number(), conclusive, now);
  }

  private List<Question> answerAll(long millis) {
    List<Question> all = new ArrayList<>();
    for (long end = now + millis; now < end; now += 100) {
      for (Question question : schedule.next(now).questions()) {
        assertThat(answer(question, true)).isTrue();
        all.add(question);
      }
    }
    return all;
  }

  @Test
  void eachStringIsAskedOfEachClassOnTwoHosts() {
    schedule.add(ONE, now);
    schedule.add(TWO, now);
    for (String host : List.of("a", "b", "c")) {
      prober(host, ONE, TWO);
    }
    List<Question> asked = answerAll(HOUR);
    assertThat(asked.stream().map(Question::pair).distinct()).hasSize(4);
    assertThat(asked).hasSize(8);
    assertThat(asked.stream().map(q -> q.pair() + " " + q.host()).distinct()).hasSize(8);
    assertThat(schedule.hasWork(now)).isFalse();
  }

  @Test
  void oneHostAnswersAndAnotherConfirmsOnceThereIsOne() {
    schedule.add(ONE, now);
    prober("a", ONE);
    assertThat(answerAll(HOUR)).hasSize(1);
    prober("b", ONE);
    assertThat(answerAll(HOUR)).singleElement().extracting(Question::host).isEqualTo("b");
  }

  @Test
  void otherTypesAndVendorsAreNotAsked() {
    ProbeSide otherType = Sides.of("u", "v1", "0x8086");
    ProbeSide otherVendor = Sides.of("t", "v1", "0x10de");
    for (ProbeSide side : List.of(ONE, otherType, otherVendor)) {
      schedule.add(side, now);
    }
    prober("a", ONE, otherType, otherVendor);
    assertThat(answerAll(HOUR)).hasSize(3).allMatch(q -> q.text().equals("v1"));
  }

  @Test
  void aHostHasOneQuestionAtATimeAndFewInASecond() {
    for (int i = 0; i < 50; i++) {
      schedule.add(Sides.of("v" + i), now);
    }
    prober("a", ONE);
    assertThat(during(5_000)).as("one that nobody answers").hasSize(1);
    schedule.removeProber("a");
    now += HOUR;
    schedule.next(now);
    prober("b", ONE);
    assertThat(answerAll(10_000)).hasSizeBetween(20, 40);
  }

  @Test
  void aHostThatLeavesAndComesBackStillHasItsQuestion() {
    schedule.add(ONE, now);
    schedule.add(TWO, now);
    prober("a", ONE, TWO);
    Question open = during(100).getFirst();
    schedule.removeProber("a");
    prober("a", ONE, TWO);
    assertThat(during(5_000)).as("beside the one that is open").isEmpty();
    assertThat(answer(open, true)).isTrue();
    assertThat(during(100)).hasSize(1);
  }

  @Test
  void aFreeHostIsFoundBehindManyThatAreNot() {
    AskedClass asked = new AskedClass(ONE);
    for (int i = 0; i < 200; i++) {
      asked.addProber("a%03d".formatted(i), "p/t", now);
    }
    asked.addProber("z", "p/t", now);
    AskedPair pair = new AskedPair(ProbePair.of(ONE, ONE), "v1", ONE, 0, now);
    int looks = 1;
    while (asked.host(pair, "z"::equals).isEmpty()) {
      looks++;
      assertThat(looks).isLessThan(10);
    }
    assertThat(looks).as("a look is at few of them").isBetween(2, 4);
  }

  @Test
  void theFleetIsBounded() {
    for (int i = 0; i < 40; i++) {
      schedule.add(Sides.of("v" + i), now);
    }
    for (int host = 0; host < 400; host++) {
      prober("h" + host, Sides.of("v" + host % 40));
    }
    assertThat(answerAll(1_000)).hasSize(100);
  }

  @Test
  void whatToldNothingIsAskedLaterAndElsewhere() {
    schedule.add(ONE, now);
    prober("a", ONE);
    prober("b", ONE);
    Question first = during(100).getFirst();
    assertThat(answer(first, false)).isTrue();
    assertThat(during(4_000)).isEmpty();
    Question second = during(3_000).getFirst();
    assertThat(second.host()).isNotEqualTo(first.host());
    assertThat(answer(second, false)).isTrue();
    assertThat(during(9_000)).as("twice as long").isEmpty();
    assertThat(during(3_000)).hasSize(1);
  }

  @Test
  void aQuestionThatNobodyAnswersIsAskedAgain() {
    schedule.add(ONE, now);
    prober("a", ONE);
    Question first = during(100).getFirst();
    assertThat(during(14_000)).as("single flight").isEmpty();
    List<Question> again = during(20_000);
    assertThat(again).hasSize(1);
    assertThat(answer(first, true)).as("the answer to the first question comes too late").isFalse();
    assertThat(answer(again.getFirst(), true)).isTrue();
  }

  @Test
  void aResultCountsOnceAndOnlyFromWhoWasAsked() {
    schedule.add(ONE, now);
    prober("a", ONE);
    Question asked = during(100).getFirst();
    ProbePair pair = asked.pair();
    assertThat(schedule.take(pair, "b", asked.number(), true, now)).isFalse();
    assertThat(schedule.take(pair, "a", asked.number() + 1, true, now)).isFalse();
    assertThat(answer(asked, true)).isTrue();
    assertThat(answer(asked, true)).as("a duplicate").isFalse();
  }

  @Test
  void nobodyIsAskedWhoDoesNotProbeAnyMore() {
    schedule.add(ONE, now);
    schedule.add(TWO, now);
    prober("a", ONE, TWO);
    assertThat(during(100)).hasSize(1);
    schedule.removeProber("a");
    assertThat(during(HOUR)).isEmpty();
  }

  @Test
  void whatNobodyNeedsIsGone() {
    schedule.add(ONE, now);
    schedule.add(TWO, now);
    prober("a", ONE, TWO);
    answerAll(HOUR);
    assertThat(schedule.counts().pairs()).isEqualTo(4);
    assertThat(schedule.remove(TWO, now)).hasSize(3);
    assertThat(schedule.counts().pairs()).isEqualTo(1);
    assertThat(schedule.remove(ONE, now)).containsExactly(ProbePair.of(ONE, ONE));
  }

  @Test
  void aRestartAsksNothingAgain() {
    schedule.add(ONE, now);
    schedule.add(TWO, now);
    assertThat(schedule.restoreAnswer(ProbePair.of(ONE, TWO), "a")).isTrue();
    assertThat(schedule.restoreAnswer(ProbePair.of(ONE, TWO), "b")).isTrue();
    assertThat(schedule.restoreAnswer(ProbePair.of(Sides.of("gone"), TWO), "b")).isFalse();
    prober("a", TWO);
    prober("b", TWO);
    AskedPair.Open open = new AskedPair.Open("a", 7, now + 10_000);
    assertThat(schedule.restoreOpen(ProbePair.of(TWO, TWO), open)).isTrue();
    assertThat(during(10_000)).isEmpty();
    assertThat(schedule.take(ProbePair.of(TWO, TWO), "a", 7, true, now)).isTrue();
    assertThat(during(1_000)).singleElement().extracting(Question::host).isEqualTo("b");
  }

  @Test
  void whatWasBeyondTheBoundIsAskedOnceThereIsRoom() {
    ProbeLimits d = ProbeLimits.DEFAULT;
    ProbeSchedule small =
        new ProbeSchedule(
            new ProbeLimits(
                d.tick(),
                d.perTick(),
                d.open(),
                d.hostGap(),
                d.timeLimit(),
                d.patience(),
                d.firstBackoff(),
                d.lastBackoff(),
                4),
            0);
    ProbeSide three = Sides.of("v3");
    for (ProbeSide side : List.of(ONE, TWO, three)) {
      small.add(side, now);
    }
    assertThat(small.counts()).isEqualTo(new ProbeSchedule.Counts(4, 0, 5));
    assertThat(small.remove(ONE, now)).hasSize(3);
    assertThat(small.counts()).isEqualTo(new ProbeSchedule.Counts(4, 0, 0));
  }
}
