package io.fleetcompat.compatibility.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts that are no JSON. */
class JsonMistakeTest {

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(3).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      textBlock =
          """
          {"a": ~ its end in the middle at line 1, column
          {"a": 1,"a": 2} ~ a key for the second time at line 1, column
          {"a": 1} 2 ~ more after its end at line 1, column
          [[[[1]]]] ~ something nested deeper, or longer, than is read
          {"a": yes} ~ something else at line 1, column
          {"a": 01} ~ something else at line 1, column
          """)
  void theMistakeAndItsPlaceAreToldInOurWords(String text, String words) {
    JsonProcessingException fault =
        catchThrowableOfType(JsonProcessingException.class, () -> JSON.readTree(text));
    assertThat(JsonMistake.of(fault)).startsWith(words).doesNotContain("source", "token");
  }
}
