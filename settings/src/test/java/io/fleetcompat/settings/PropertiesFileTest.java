package io.fleetcompat.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertiesFileTest {

  private static final int RUNS = 20_000;

  @TempDir Path directory;

  @Test
  void itIsAPropertiesFileAsJavaHasThem() throws IOException {
    assertThat(
            read(
                """
                # a comment \\
                ! another

                plain=1
                  spaced : two words
                joined=a,\\
                    b,\\
                    c
                escaped\\ name=tab\\there, \\u8a9e, C:\\\\dir, \\"quoted\\"
                pem=-----BEGIN-----\\nabc\\n
                語=UTF-8
                empty
                last=1\
                """))
        .isEqualTo(
            Map.of(
                "plain", "1",
                "spaced", "two words",
                "joined", "a,b,c",
                "escaped name", "tab\there, 語, C:\\dir, \"quoted\"",
                "pem", "-----BEGIN-----\nabc",
                "語", "UTF-8",
                "empty", "",
                "last", "1"));
  }

  @Test
  void whatIsNotRefusedIsWhatJavaReads() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String letters = "ab=: \t\f\\#!\r\n\\nutrx0é";
    int taken = 0;
    for (int run = 0; run < RUNS; run++) {
      StringBuilder text = new StringBuilder();
      random
          .ints(random.nextInt(24), 0, letters.length())
          .forEach(i -> text.append(letters.charAt(i)));
      Map<String, String> strict;
      try {
        strict = read(text.toString());
      } catch (BadSettingException e) {
        continue;
      }
      Properties java = new Properties();
      java.load(new StringReader(text.toString()));
      Map<String, String> expected = new TreeMap<>();
      java.stringPropertyNames().forEach(n -> expected.put(n, java.getProperty(n).strip()));
      assertThat(strict).as("seed %d, %s", seed, text).isEqualTo(expected);
      taken++;
    }
    assertThat(taken).isGreaterThan(RUNS / 10);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=1%nb=2%na=3 | 3 | every setting once, found 'a' again, after line 1",
        "a=1%nb=C:\\users | 2 | found another escape",
        "a=\\u12 | 1 | found another escape",
        "a=\\u12G4 | 1 | found another escape",
        "a=1%nb=2\\ | 2 | a line after one that ends in a backslash, found the end of the file",
        "a=1%nb=2\\%n | 2 | a line after one that ends in a backslash, found the end of the file",
        "a=1%n=2 | 2 | the name of a setting, found none",
        "a=1%n\\%n#b=2 | 2 | the name of a setting, found none",
        "\\%n%na=1 | 1 | the name of a setting, found none",
        "a=1%nb=\\u0000 | 2 | an escape that is none",
        "a=1%nb=\\ud83d | 2 | an escape that is none",
        "a=1%r%nb=\\%r%n\\q | 2 | found another escape",
      })
  void whatJavaWouldDropOrReplaceIsRefusedWithItsLine(String text, int line, String message)
      throws IOException {
    Path file = file(text.replace("%n", "\n").replace("%r", "\r").getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> PropertiesFile.read(file))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("line " + line + " of " + file);
  }

  @Test
  void bytesThatAreNoUtf8AreRefusedWithTheirLine() throws IOException {
    refuses(new byte[] {'a', '=', '1', '\n', 'b', '=', (byte) 0xE9}, "line 2 of", "UTF-8");
    refuses(new byte[] {(byte) 0xC3}, "line 1 of", "UTF-8");
    refuses(new byte[] {'\r', '\n', '\r', (byte) 0xED, (byte) 0xA0, (byte) 0x80}, "line 3 of");
  }

  @Test
  void hostileFilesAreRefused() throws IOException {
    refuses("\uFEFFa=1".getBytes(StandardCharsets.UTF_8), "line 1 of", "byte order mark");
    refuses(new byte[] {'a', '=', '1', '\n', 'b', '=', 0, '2'}, "line 2 of", "\\u0000");
    refuses(new byte[1000], "line 1 of", "\\u0000");
    refuses(new byte[] {'a', '=', 0x1B, '['}, "\\u001b");
    refuses(new byte[PropertiesFile.MAX_BYTES + 1], "at most 1048576 bytes");
    refuses(
        ("a=1\nb=" + "x".repeat(PropertiesFile.MAX_BYTES - 100)).getBytes(StandardCharsets.UTF_8),
        "line 2 of",
        "at most 262144 characters");
    refuses(
        ("a=1\nb=" + "\\\nx".repeat(300_000)).getBytes(StandardCharsets.UTF_8),
        "line 2 of",
        "at most 262144 characters");
    StringBuilder many = new StringBuilder();
    for (int i = 0; i <= PropertiesFile.MAX_SETTINGS; i++) {
      many.append('a').append(i).append('\n');
    }
    refuses(many.toString().getBytes(StandardCharsets.UTF_8), "line 4097 of", "at most 4096");
    refuses("\\".getBytes(StandardCharsets.UTF_8), "line 1 of");
  }

  @Test
  void aFileOfNothingButLinesHasNoSettings() throws IOException {
    assertThat(PropertiesFile.read(file(new byte[0])).texts()).isEmpty();
    assertThat(read("\n".repeat(PropertiesFile.MAX_BYTES))).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    Path away = directory.resolve("away");
    assertThatThrownBy(() -> PropertiesFile.read(away))
        .hasMessage("expected a properties file at " + away + ", found none");
    assertThatThrownBy(() -> PropertiesFile.read(directory))
        .hasMessageContaining("expected a properties file at " + directory);
    assertThatThrownBy(() -> PropertiesFile.read(Path.of("/dev/zero")))
        .hasMessageContaining("at most 1048576 bytes");
  }

  @Test
  void aRefusalShowsNothingOfTheValue() throws IOException {
    Path file = file("kafka.ssl.key.password=hunter2\\q".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> PropertiesFile.read(file))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  private Map<String, String> read(String text) throws IOException {
    return PropertiesFile.read(file(text.getBytes(StandardCharsets.UTF_8))).texts();
  }

  private void refuses(byte[] bytes, String... words) throws IOException {
    Path file = file(bytes);
    assertThatThrownBy(() -> PropertiesFile.read(file))
        .isInstanceOf(BadSettingException.class)
        .hasMessageContainingAll(words);
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(directory.resolve("settings.properties"), bytes);
  }
}
