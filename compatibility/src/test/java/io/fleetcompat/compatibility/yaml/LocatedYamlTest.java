package io.fleetcompat.compatibility.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocatedYamlTest {

  private static final YamlSchema SCHEMA =
      new YamlSchema(
          """
          {"type": "object", "required": ["a"], "additionalProperties": false,
           "properties": {"a": {"type": "integer"}, "b": {"enum": ["x", "y"]},
                          "c": {"type": "array", "items": {"type": "string"}}}}
          """);

  private static LocatedYaml parse(String text) throws BadYamlException {
    return LocatedYaml.parse("f.yaml", text);
  }

  @Test
  void everyNodeHasItsLine() throws BadYamlException {
    LocatedYaml yaml = parse("# a comment\na:\n  - x\n  - y: 1\nb: text\n");

    assertThat(yaml.root().toString()).isEqualTo("{\"a\":[\"x\",{\"y\":1}],\"b\":\"text\"}");
    assertThat(yaml.line(JsonPointer.compile("/a"))).isEqualTo(2);
    assertThat(yaml.line(JsonPointer.compile("/a/0"))).isEqualTo(3);
    assertThat(yaml.line(JsonPointer.compile("/a/1/y"))).isEqualTo(4);
    assertThat(yaml.line(JsonPointer.compile("/b"))).isEqualTo(5);
    assertThat(yaml.line(JsonPointer.compile("/a/1/none"))).isEqualTo(4);
  }

  @Test
  void aPlainScalarIsWhatItIsInJson() throws BadYamlException {
    assertThat(parse("[no, yes, 0x10de, 010, 12, -3, true, null, '1', 1.5, 70.54.0]").root())
        .hasToString(
            "[\"no\",\"yes\",\"0x10de\",\"010\",12,-3,true,null,\"1\",\"1.5\",\"70.54.0\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a: 1\\na: 2|f.yaml:2: expected each key once, found 'a' again
          a: &x 1|f.yaml:1: expected no anchors and aliases, found '&x'
          a: 1\\nb: *x|f.yaml:2: expected no anchors and aliases, found '*x'
          a: !!int 1|f.yaml:1: expected no tags, found 'tag:yaml.org,2002:int'
          ? [a]\\n: 1|f.yaml:1: expected a key that is a text, found another kind of key
          a: 1\\n---\\nb: 2|f.yaml:2: expected one document, found another
          # nothing|f.yaml:1: expected a document, found none
          a: [1|f.yaml:1: expected YAML, found expected ',' or ']', but got <stream end>
          a: 1\\n\\tb: 2|f.yaml:2: expected YAML, found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)
          """)
  void whatIsNoPlainTreeIsRefusedWithItsLine(String text, String problem) {
    assertThatThrownBy(() -> parse(text.replace("\\n", "\n").replace("\\t", "\t")))
        .isInstanceOf(BadYamlException.class)
        .hasMessage(problem);
  }

  @Test
  void deepAndLongFilesAreRefused() {
    assertThatThrownBy(() -> parse("[".repeat(100) + "]".repeat(100)))
        .isInstanceOf(BadYamlException.class)
        .hasMessageStartingWith("f.yaml:1: expected ");
    assertThatThrownBy(() -> parse(" ".repeat(LocatedYaml.MAX_CHARACTERS + 1)))
        .hasMessage("f.yaml:1: expected at most 262144 characters, found 262145 of them");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          b: x|f.yaml:1: expected the key 'a', found none
          a: 1\\nd: 2|f.yaml:2: expected no other key, found 'd'
          a: x|f.yaml:1: expected at /a a value of type integer, found 'x'
          a: 1\\nb: z|f.yaml:2: expected at /b one of x, y, found 'z'
          a: 1\\nc:\\n- x\\n- 2|f.yaml:4: expected at /c/1 a value of type string, found '2'
          """)
  void whatTheSchemaForbidsIsRefusedWithItsLine(String text, String problem) {
    assertThatThrownBy(() -> SCHEMA.check(parse(text.replace("\\n", "\n"))))
        .isInstanceOf(BadYamlException.class)
        .hasMessage(problem);
  }
}
