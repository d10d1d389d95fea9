package io.fleetcompat.compatibility.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetcompat.compatibility.message.KnownMessages.Match;
import io.fleetcompat.compatibility.yaml.BadYamlException;
import io.fleetcompat.compatibility.yaml.Resource;
import io.fleetcompat.compatibility.yaml.YamlSchema;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KnownMessagesTest {

  private static final KnownMessages KNOWN = KnownMessages.builtIn();

  private static List<String> ids(String text) {
    return KNOWN.in(text).stream().map(match -> match.message().id()).toList();
  }

  @Test
  void everyMessageIsFoundInItsOwnText() {
    for (KnownMessage message : KNOWN.all()) {
      assertThat(ids("x: " + message.text().toUpperCase(Locale.ROOT)))
          .as(message.text())
          .contains(message.id());
      assertThat(message.sources()).as(message.id()).isNotEmpty();
    }
  }

  /** As they stand in logs. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          qemu-system-x86_64: -device vfio-pci,host=0000:3b:00.4: warning: 0000:3b:00.4: VFIO migration is not supported in kernel | qemu-not-in-kernel
          error: Requested operation is not valid: cannot migrate domain: 0000:3b:00.4: VFIO migration is not supported in kernel; 0000:3b:00.5: Migration is currently not supported with vIOMMU enabled | qemu-not-in-kernel qemu-viommu libvirt-blocked
          error: Operation not supported: cannot migrate a domain with <hostdev mode='subsystem' type='mdev'> | libvirt-hostdev
          qemu-kvm: 0000:e8:00.1: Failed setting device state to STOP, err: Invalid argument. Setting device in recover state ERROR | qemu-state-refused errno-einval
          qemu-kvm: error while loading state for instance 0x0 of device '0000:00:04.0/vfio' | qemu-section
          qemu-kvm: load of migration failed: Bad address | errno-efault
          [ 1234.5] hisi_acc_vfio_pci 0000:75:00.1: failed to match isolation state | hisi-isolation
          xe 0000:03:00.0: [drm] PF: Aborting migration, devid mismatch 0xe211!=0xe212 | xe-device
          xe 0000:03:00.0: [drm] PF: migration disabled: requires GuC version >= 70.54.0 (found 70.36.0) | xe-guc
          QAT: SRC VF rate limiting mismatch - SRC srv 1 and rp_mask 0xf. | qat-rate-limit-missing
          error: device not found: mediated device '62177883-f1bb-47f0-914d-32a22e3a8804' not found | libvirt-mdev-missing
          error: operation failed: job 'migration in' failed: load of migration failed: Input/output error | errno-eio
          mlx5_core 0000:3b:00.0: mlx5_cmd_out_err:838:(pid 4711): LOAD_VHCA_STATE(0x119) op_mod(0x0) failed, status bad parameter(0x3), syndrome (0x5a2f), err(-22) | mlx5-load
          xe 0000:03:00.0: [drm] PF: migration missing prerequisite: requires GuC version >= 70.54.0 (found 70.36.0) | xe-prerequisite
          vfio_ap_mdev 62177883-f1bb-47f0-914d-32a22e3a8804: Migration failed: Source and target queue (00.0033) not compatible | vfio-ap-queue
          vfio_ap_mdev 62177883-f1bb-47f0-914d-32a22e3a8804: APSC facility not installed in target queue 00.0033 | vfio-ap-facility
          vfio_ap_mdev 62177883-f1bb-47f0-914d-32a22e3a8804: AP type of source (0e) not compatible with target (0c) | vfio-ap-type
          vfio_ap_mdev 62177883-f1bb-47f0-914d-32a22e3a8804: migration failed: source guest's AP config size (48) larger than target's (32) | vfio-ap-size
          0000:3b:00.4: VFIO device doesn't support device and IOMMU dirty tracking | qemu-no-dirty-tracking
          """)
  void messagesInLogsAreKnown(String line, String ids) {
    assertThat(ids(line)).containsExactlyInAnyOrder(ids.split(" ", -1));
  }

  @Test
  void everyLineOfALogIsLookedAtAndItsDevicesAreTold() {
    List<Match> matches =
        KNOWN.in(
            "nothing here\n"
                + "00000000:3B:00.4: failed to match VF qp num\r\n"
                + "vfio_mdev 83b8f4f2-509f-382f-3c1e-e6bfe0fa1001: VFIO migration is not supported"
                + " in kernel\n");
    assertThat(matches)
        .extracting(match -> match.line() + " " + match.devices())
        .containsExactly("2 [00000000:3b:00.4]", "3 [83b8f4f2-509f-382f-3c1e-e6bfe0fa1001]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000:3b:00.4: VFIO device doesn\u2019t support  device\u00a0dirty tracking",
        "0000:3b:00.4: VFIO device doesn\u2018t support device dirty tracking",
        "0000:3b:00.4: VFIO device doesn't\n    support device dirty tracking",
        "0000:3b:00.4: VFIO device doesn't \\\nsupport device dirty tracking",
        "0000:3b:00.4: VFIO device doesn't\nsupport device dirty tracking",
        "0000:3b:00.4: VFIO device doesn't supp\nort device dirty tracking",
        "0000:3b:00.4: VFIO device\n  doesn't support\n  device dirty tracking\n",
        "one line\r\n0000:3b:00.4: VFIO device doesn't support\r\ndevice dirty tracking\r\n"
      })
  void messagesAreKnownHoweverTheyWerePasted(String text) {
    assertThat(KNOWN.in(text))
        .singleElement()
        .satisfies(
            match -> {
              assertThat(match.message().id()).isEqualTo("qemu-no-dirty-tracking");
              assertThat(match.devices()).containsExactly("0000:3b:00.4");
              assertThat(match.line()).isEqualTo(text.startsWith("one line") ? 2 : 1);
            });
  }

  @Test
  void libvirtsTypographicQuotesAreQuotes() {
    assertThat(ids("mediated device \u201862177883-f1bb-47f0-914d-32a22e3a8804\u2019 not found"))
        .containsExactly("libvirt-mdev-missing");
  }

  @Test
  void twoLinesAreNoMessageBecauseEachHasAPartOfOne() {
    assertThat(ids("error while loading state section id 5(ram)\nvfio 0000:3b:00.4: opened"))
        .isEmpty();
    assertThat(ids("Failed setting device state to STOP,\n  err: Invalid argument"))
        .containsExactly("qemu-state-refused", "errno-einval");
    assertThat(ids("a failed to match VF\n\n\n\nqp num")).isEmpty();
  }

  @Test
  void aTextOfNoKnownMessageHasNoMatch() {
    assertThat(ids("")).isEmpty();
    assertThat(ids("err: Failed setting device state to")).isEmpty();
  }

  @Test
  void aLongTextIsRefusedAndTheLongestThatIsNotTakesNoTime() {
    String longest = "failed to match ".repeat(KnownMessages.MAX_CHARACTERS / 16);
    assertThat(KNOWN.in(longest)).isEmpty();
    assertThatThrownBy(() -> KNOWN.in(longest + "x"))
        .hasMessage("expected at most 65536 characters, found more");
    Random random = new Random(7);
    StringBuilder noise = new StringBuilder();
    while (noise.length() < KnownMessages.MAX_CHARACTERS - 8) {
      noise.append("0f:.-\n".charAt(random.nextInt(6)));
    }
    assertThat(KNOWN.in(noise.toString())).isEmpty();
    StringBuilder different = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      different.append("failed to match VF qp num ").append(i).append('\n');
    }
    assertThat(KNOWN.in(different.toString())).hasSize(KnownMessages.MAX_MATCHES);
  }

  @Test
  void equalLinesAreOneMatchWithTheirNumber() {
    assertThat(KNOWN.in("x\n" + "failed to match VF qp num\n".repeat(2000)))
        .singleElement()
        .satisfies(match -> assertThat(match.line()).isEqualTo(2))
        .satisfies(match -> assertThat(match.more()).isEqualTo(1999));
  }

  @Test
  void aMessageOfARuleThatThereIsNotIsRefused() {
    String text = Resource.text(KnownMessages.class, "messages.yaml");
    YamlSchema schema = new YamlSchema(Resource.text(KnownMessages.class, "messages.schema.json"));
    String wrong = text.replace("hisi_acc/isolation]", "hisi_acc/isolated]");
    assertThat(wrong).isNotEqualTo(text);
    assertThatThrownBy(() -> KnownMessages.parse("messages.yaml", wrong, schema))
        .isInstanceOf(BadYamlException.class)
        .hasMessageContaining("expected a rule of docs/rules.md or of a built-in pack, found")
        .hasMessageContaining("hisi_acc/isolated");
    assertThatThrownBy(
            () ->
                KnownMessages.parse(
                    "messages.yaml", text.replace("hisi-device", "hisi-isolation"), schema))
        .hasMessageContaining("expected each id once");
  }

  @Test
  void aRuleOfEveryPackIsOneReferenceForEach() {
    KnownMessage configuration =
        KNOWN.all().stream()
            .filter(message -> message.id().equals("qemu-config-space"))
            .findFirst()
            .orElseThrow();
    assertThat(configuration.rules())
        .extracting(KnownMessage.RuleReference::rule)
        .contains("pds/class", "mlx5/device", "xe/revision");
  }
}
