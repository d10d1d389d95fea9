package io.fleetcompat.compatibility.facet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetcompat.compatibility.EndpointBuilder;
import io.fleetcompat.inventory.Attribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/rules.md 3.2: the spellings, and what is malformed in each. */
class SelfCompatibleTest {

  private static final EndpointBuilder DIRECTORIES =
      EndpointBuilder.function()
          .own("migration/self/a", "1")
          .own("migration/compatible/0/a", "1")
          .own("migration/compatible/1/a", "{v:int:1,2}");

  private static SelfCompatible facet(EndpointBuilder node) {
    return node.profile().facet(SelfCompatible.class).orElseThrow();
  }

  private static EndpointBuilder oneFile(String text) {
    return EndpointBuilder.function().own("migration_compatible", text);
  }

  private static String problem(EndpointBuilder node) {
    return facet(node).problem().orElse("none");
  }

  @Test
  void aLineEndsWithANewlineAndWithNothingElse() {
    assertThat(facet(oneFile("SELF:\n a=1 # x\u2028 y\nCOMPATIBLE:\n a=1 #\u2029b=2")))
        .isEqualTo(facet(oneFile("SELF:\n a=1\nCOMPATIBLE:\n a=1")));
  }

  @Test
  void allSpellingsAreOneModel() {
    SelfCompatible directories = facet(DIRECTORIES);
    assertThat(directories.problem()).isEmpty();
    EndpointBuilder twoFiles =
        EndpointBuilder.function()
            .own("migration/self", "a=1")
            .own("migration/compatible", "\na = 1\n\n\nCOMPATIBLE:\na={v:int:2,1}\n");
    assertThat(facet(twoFiles)).isEqualTo(directories);
    assertThat(
            facet(
                oneFile(
                    "# all\nSELF: # this\n\n  a=1\nCOMPATIBLE:\n\n  a=1\t# x\n"
                        + " COMPATIBLE:\n  a={v:int:1,2}")))
        .isEqualTo(directories);
    assertThat(
            facet(
                oneFile(
                    " \n{\"self\": [{\"a\": \"1\"}],"
                        + " \"compatible\": [{\"a\": \"1\"}, {\"a\": \"{v:int:1,2}\"}]}\n")))
        .isEqualTo(directories);
  }

  @Test
  void twoSpellingsMustAgreeInContentAndOrder() {
    String same = "SELF:\na=1\nCOMPATIBLE:\na=1\nCOMPATIBLE:\na={v:int:1,2}";
    String reordered = "SELF:\na=1\nCOMPATIBLE:\na={v:int:1,2}\nCOMPATIBLE:\na=1";
    EndpointBuilder both =
        EndpointBuilder.function()
            .own("migration/self", "a=1")
            .own("migration/compatible", "a=1\n\na={v:int:1,2}");
    assertThat(problem(both.own("migration_compatible", same))).isEqualTo("none");
    assertThat(problem(both.own("migration_compatible", reordered)))
        .contains("do not say the same");
    assertThat(problem(both.own("migration_compatible", "SELF:\na=1")))
        .contains("not say the same");
    both.own("migration_compatible", new Attribute.Unreadable("EIO"));
    assertThat(facet(both)).isEqualTo(SelfCompatible.unreadable("EIO"));
  }

  @Test
  void plainFilesBesideNumberedDirectoriesAreOneMorePatternAndOtherDirectoriesNone() {
    EndpointBuilder node =
        EndpointBuilder.function()
            .own("migration/compatible/10/a", "10")
            .own("migration/compatible/9/a", "9")
            .own("migration/compatible/a", "plain")
            .own("migration/compatible/power/control", new Attribute.Unreadable("EIO"));
    assertThat(facet(node).patterns())
        .isInstanceOfSatisfying(
            Parsed.Value.class,
            value ->
                assertThat(value.value().toString())
                    .isEqualTo("[{a=[9]} where {}, {a=[10]} where {}, {a=[plain]} where {}]"));
  }

  @Test
  void aDirectoryOfNothingButIgnoredOnesIsAnEmptyList() {
    EndpointBuilder node =
        EndpointBuilder.function().own("migration/compatible/power/control", "auto");
    assertThat(facet(node).patterns()).isEqualTo(new Parsed.Value<>(java.util.List.of()));
    assertThat(facet(EndpointBuilder.function().own("migration/compatible", Attribute.DIRECTORY)))
        .isEqualTo(facet(node));
    assertThat(facet(oneFile("COMPATIBLE:"))).isEqualTo(facet(node));
  }

  @Test
  void linesBelowCompatibleAreAlternativesAndBelowSelfMalformed() {
    EndpointBuilder node = EndpointBuilder.function().own("migration/compatible/a", "1\n\n2\n1\n");
    assertThat(facet(node).patterns().toString()).contains("{a=[1, 2]}");
    assertThat(problem(EndpointBuilder.function().own("migration/self/a", "1\n2")))
        .isEqualTo("migration/self: expected one line in 'a', found several");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "a={v} ~ used but not declared",
        "a={v};b={v:int:1} ~ used but not declared",
        "a={v:int:1};b={v:int:1} ~ declared twice",
        "a={v:int:1}{v:int:1} ~ declared twice",
        "a={v:float:1} ~ expected a variable of type int or string, found 'float'",
        "a={v:} ~ type int or string",
        "a={v:int:1,2 ~ expected a '}'",
        "a={{v:int:1}} ~ expected a '}'",
        "a=x} ~ without its '{'",
        "a={v:int:} ~ expected a decimal number",
        "a={v:int:1,,2} ~ expected a decimal number",
        "a={v:int:-1} ~ expected a decimal number",
        "a={v:int:0x1} ~ expected a decimal number",
        "a={v:int:1234567890123456789x} ~ expected a decimal number",
        "a={v:string:x} ~ in double quotes",
        "a={v:string:\"x} ~ expected a '}'",
        "a={v:string:\"x\" \"y\"} ~ expected a comma",
        "a={v:string:\"x\",} ~ in double quotes",
        "a={v:string:\"x\"}/2 ~ division of the string variable {v}",
        "a={v:int:4};b={v}/0 ~ division by zero",
        "a={1v:int:4} ~ expected the name of a variable, found '1v'",
        "a={} ~ expected the name of a variable",
        "a=1;a=1 ~ line 2: found the attribute 'a' twice",
        "a=1;nonsense ~ expected key=value in line 2, found 'nonsense'",
        "=1 ~ expected key=value in line 1",
        "SELF: ~ expected key=value in line 1",
        "a=1 # x} ~ without its '{'"
      })
  void aTextIsMalformedAsAWholeAndSaysWhy(String compatible, String why) {
    EndpointBuilder node =
        EndpointBuilder.function()
            .own("migration/self", "a=1")
            .own("migration/compatible", compatible.replace(';', '\n'));
    assertThat(problem(node)).startsWith("migration/compatible: ").contains(why);
    assertThat(facet(node).selves()).isInstanceOf(Parsed.Malformed.class);
  }

  @Test
  void whereThereIsNoOrderAVariableIsDeclaredAnywhere() {
    assertThat(
            problem(
                EndpointBuilder.function()
                    .own("migration/compatible/a", "{v}/2")
                    .own("migration/compatible/b", "{v:int:2,4}")))
        .isEqualTo("none");
    assertThat(problem(oneFile("{\"compatible\": [{\"a\": \"{v}\", \"b\": \"{v:int:2,4}/2\"}]}")))
        .isEqualTo("none");
    assertThat(problem(oneFile("COMPATIBLE:\na={v}\nb={v:int:1}"))).contains("not declared");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "{\"self\": [{\"a\": \"1\"}] \"compatible\": []} ~ line 1, column",
        "{\"self\": [{\"a\": \"1\",}]} ~ line 1, column",
        "{'self': []} ~ line 1, column",
        "{\"self\": [{\"a\": 1}]} ~ expected a string at line 1, column 17",
        "{\"self\": [{\"a\": null}]} ~ expected a string",
        "{\"self\": {\"a\": \"1\"}} ~ expected an array of objects",
        "{\"self\": [\"a\"]} ~ expected an object",
        "{\"self\": [{\"a\": \"1\", \"a\": \"1\"}]} ~ Duplicate",
        "{\"self\": [], \"self\": []} ~ Duplicate",
        "{\"other\": []} ~ expected \"self\" or \"compatible\"",
        "{\"self\": []} {} ~ expected the end",
        "{\"self\": [] /* x */} ~ line 1, column",
        "{\"self\": [{\"a\": \"\\u0001\"}]} ~ control characters",
        "{\"self\": [{\"a\": \"\\ud800\"}]} ~ control characters",
        "{\"self\": [{\"\": \"1\"}]} ~ name of an attribute",
        "{\"compatible\": [{\"a\": \"{v}\"}]} ~ not declared",
        "{ ~ line 1, column"
      })
  void jsonIsStrictAndAMistakeHasAPlace(String json, String where) {
    assertThat(problem(oneFile(json))).contains(where);
  }

  @Test
  void aProblemIsBoundedAndCleanWhateverTheText() {
    String bomb = problem(oneFile("{\"self\" \uD83D\uDCA5"));
    assertThat(bomb).contains("line 1").matches("[^\\p{Cs}\\p{Cntrl}]*");
    String name = "\"" + "n".repeat(40_000) + "\": \"1\"";
    assertThat(problem(oneFile("{\"self\": [{" + name + "," + name + "}]}"))).hasSizeLessThan(400);
  }

  @ParameterizedTest
  @CsvSource({
    "vfio_pci, vfio-pci",
    "vfio_ap, vfio_ap",
    "80865963, 8086:5963",
    "0x80865963, 8086:5963",
    "8086:ABCD, 8086:abcd",
    "8086:ABCG, 8086:ABCG",
    "0XAB, 0xab",
    "0xZZ, 0xZZ",
    "ABCD, abcd",
    "ABCDE, ABCDE",
    "0x, 0x",
    "'', ''"
  })
  void aValueHasOneNormalForm(String value, String normal) {
    assertThat(NormalForm.of(value)).isEqualTo(normal);
    assertThat(NormalForm.of(normal)).isEqualTo(normal);
  }

  @ParameterizedTest
  @CsvSource({
    "'a , b', 'a,b'",
    "' ,a, ', ',a,'",
    "'a b', 'a b'",
    "', ,', ',,'",
    "'x y ,z', 'x y,z'"
  })
  void whiteSpaceAroundCommasIsRemoved(String text, String tight) {
    assertThat(NormalForm.tightened(text)).isEqualTo(tight);
  }
}
